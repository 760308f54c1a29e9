"use strict";
// The codec of the npm package asterisk-audiosocket, as Asterisk's side of a connection. The package is an ES module: it is found by its path.
const net = require("node:net");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const serve = require("./serve.cjs");

const codec = import(pathToFileURL(path.join(process.env.NODE_PATH, "asterisk-audiosocket", "dist", "index.js")).href);
let socket, parser, heard = [], waiting = [];

function arrived(frame) {
  const next = waiting.shift();
  if (next) next(frame); else heard.push(frame);
}

serve({
  async call(ask) {
    const { encodeFrame, FrameParser, FrameType } = await codec;
    parser = new FrameParser();
    socket = net.connect(ask.port, "127.0.0.1");
    socket.on("data", bytes => {
      parser.push(bytes);
      for (const frame of parser.drain()) arrived({ type: frame.type, payload: frame.payload.toString("base64") });
    });
    socket.on("close", () => arrived({ type: -1, payload: "" }));
    socket.on("error", () => {});
    socket.write(encodeFrame(FrameType.UUID, Buffer.from(ask.uuid.replaceAll("-", ""), "hex")));
  },
  async speak(ask) {
    const { encodeAudio } = await codec;
    const sound = Buffer.from(ask.sound, "base64");
    for (let at = 0; at < sound.length; at += 320) socket.write(encodeAudio(sound.subarray(at, at + 320)));
  },
  async press(ask) {
    const { encodeFrame } = await codec;
    socket.write(encodeFrame(0x03, Buffer.from(ask.key, "ascii")));
  },
  async spoil() {
    const { encodeFrame } = await codec;
    socket.write(encodeFrame(0x10, Buffer.alloc(321)));
  },
  async hangUp() {
    const { encodeHangup } = await codec;
    socket.write(encodeHangup());
  },
  next: () => heard.length ? heard.shift() : new Promise(done => waiting.push(done)),
});
