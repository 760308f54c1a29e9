"use strict";
// Microsoft's own libraries for Node: Call Automation asks, and reads events and frames; Event Grid reads what it delivers.
const { CallAutomationClient, parseCallAutomationEvent, StreamingData, createOutboundAudioData, createOutboundStopAudioData } = require("@azure/communication-call-automation");
const { createIdentifierFromRawId } = require("@azure/communication-common");
const { EventGridDeserializer } = require("@azure/eventgrid");
const serve = require("./serve.cjs");

let client;
const call = ask => client.getCallConnection(ask.connection);
const media = ask => call(ask).getCallMedia();
const recording = () => client.getCallRecording();
const party = rawId => createIdentifierFromRawId(rawId);
const phone = number => number ? { phoneNumber: number } : undefined;
const some = value => value ?? undefined;

function source(sound) {
  if (sound.file) return { kind: "fileSource", url: sound.file };
  if (sound.ssml) return { kind: "ssmlSource", ssmlText: sound.ssml };
  return { kind: "textSource", text: sound.text, voiceName: sound.voice };
}

serve({
  connect: ask => { client = new CallAutomationClient(ask.connectionString, { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } }); },

  async answer(ask) {
    const stream = ask.media && {
      transportType: "websocket", transportUrl: ask.media, contentType: "audio", audioChannelType: "unmixed", startMediaStreaming: true,
      enableBidirectional: true, audioFormat: ask.sampleRate === 24000 ? "pcm24KMono" : "pcm16KMono", enableDtmfTones: ask.mediaDigits,
    };
    const words = ask.transcription && {
      transportType: "websocket", transportUrl: ask.transcription, locale: ask.locale, startTranscription: true, enableIntermediateResults: true,
    };
    const { callConnectionProperties: properties } = await client.answerCall(ask.incomingCallContext, ask.callback, {
      mediaStreamingOptions: some(stream), transcriptionOptions: some(words), operationContext: some(ask.context),
      callIntelligenceOptions: ask.intelligence ? { cognitiveServicesEndpoint: ask.intelligence } : undefined,
    });
    return { connection: properties.callConnectionId, serverCall: properties.serverCallId };
  },
  reject: ask => client.rejectCall(ask.incomingCallContext, { callRejectReason: "busy" }),
  play: ask => media(ask).playToAll([source(ask.sound)], { loop: ask.sound.loop, interruptCallMediaOperation: ask.sound.interrupts, operationContext: some(ask.sound.context) }),
  cancelMedia: ask => media(ask).cancelAllOperations(),
  listen: ask => ask.on ? media(ask).startContinuousDtmfRecognition(party(ask.party)) : media(ask).stopContinuousDtmfRecognition(party(ask.party)),
  sendDigits: async ask => { await media(ask).sendDtmfTones(ask.tones, party(ask.party), { operationContext: some(ask.context) }); },
  hold: ask => media(ask).hold(party(ask.party), { playSource: ask.sound ? source(ask.sound) : undefined, operationContext: some(ask.sound?.context) }),
  unhold: ask => media(ask).unhold(party(ask.party)),
  transfer: async ask => { await call(ask).transferCallToParticipant(party(ask.party), { sourceCallIdNumber: phone(ask.callerId), operationContext: some(ask.context) }); },
  add: async ask => (await call(ask).addParticipant(
    { targetParticipant: party(ask.party), sourceCallIdNumber: phone(ask.callerId) }, { operationContext: some(ask.context), invitationTimeoutInSeconds: some(ask.ringMax) })).invitationId,
  startRecording: async ask => (await recording().start({
    callLocator: { kind: "serverCallLocator", id: ask.serverCall }, pauseOnStart: ask.paused, recordingContent: "audio", recordingChannel: "unmixed", recordingFormat: "wav",
  })).recordingId,
  pauseRecording: ask => recording().pause(ask.recording),
  resumeRecording: ask => recording().resume(ask.recording),
  stopRecording: ask => recording().stop(ask.recording),
  hangUp: ask => call(ask).hangUp(ask.forEveryone),

  readEvent: ask => parseCallAutomationEvent(ask.text),
  readFrame: ask => StreamingData.parse(ask.text),
  readDelivery: ask => new EventGridDeserializer().deserializeEventGridEvents(ask.text),
  writeSound: ask => JSON.parse(createOutboundAudioData(ask.data)),
  writeStop: () => JSON.parse(createOutboundStopAudioData()),
});
