"use strict";
// Twilio's own library for Node: signs as Twilio does, writes the answer to a webhook, asks Twilio's interface for calls.
const twilio = require("twilio");
const serve = require("./serve.cjs");

// The library's requests go to the test's server, and are otherwise as they are.
class Elsewhere extends twilio.RequestClient {
  constructor(server) { super(); this.server = server; }
  request(options) { return super.request({ ...options, uri: options.uri.replace("https://api.twilio.com", this.server) }); }
}

serve({
  sign: ask => twilio.getExpectedTwilioSignature(ask.token, ask.url, ask.form),
  validate: ask => twilio.validateRequest(ask.token, ask.signature, ask.url, ask.form),
  connect(ask) {
    const response = new twilio.twiml.VoiceResponse();
    response.connect().stream({ url: ask.url }).parameter({ name: "ticket", value: ask.ticket });
    return response.toString();
  },
  dial(ask) {
    const response = new twilio.twiml.VoiceResponse();
    response.dial({ callerId: ask.callerId, timeout: ask.timeout, action: ask.action }).number({ statusCallback: ask.answered, statusCallbackEvent: "answered" }, ask.number);
    return response.toString();
  },
  async update(ask) {
    const client = twilio(ask.account, ask.token, { httpClient: new Elsewhere(ask.server) });
    return (await client.calls(ask.call).update({ twiml: ask.twiml })).sid;
  },
});
