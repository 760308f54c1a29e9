"use strict";
// The sound of one call: the microphone as frames of 20 ms at 16000 samples a second, and the frames that come back, at whatever rate the device has.
const RATE = 16000, SAMPLES = RATE / 50, HEADER = 8;
const AHEAD = 3;                     // Frames that are waited for before a sentence begins: what comes a little late is then still in time.
const HELD = 50;                     // Frames that are kept at most: a second.

// Windowed sinc, cut off at half of the lower rate; 64 positions between two samples.
class Resampler {
  constructor(from, to) {
    const cut = Math.min(1, to / from), half = Math.ceil(8 / cut);
    this.step = from / to;
    this.taps = 2 * half;
    this.past = new Float32Array(2 * this.taps);
    this.at = 0;
    this.due = 0;
    this.kernels = Array.from({ length: 65 }, (_, phase) => {
      const kernel = Float32Array.from({ length: this.taps }, (_, tap) => {
        const x = tap + 1 - half - phase / 64, angle = Math.PI * cut * x;
        return (x === 0 ? 1 : Math.sin(angle) / angle) * (Math.abs(x) < half ? 0.5 + 0.5 * Math.cos(Math.PI * x / half) : 0);
      });
      const sum = kernel.reduce((a, b) => a + b, 0);
      return kernel.map(weight => weight / sum);
    });
  }

  // Takes a sample; gives those that are due by now.
  push(sample, give) {
    this.past[this.at] = this.past[this.at + this.taps] = sample;
    this.at = (this.at + 1) % this.taps;
    for (; this.due < 1; this.due += this.step) {
      const kernel = this.kernels[Math.round(64 * this.due)];
      let sum = 0;
      for (let tap = 0; tap < this.taps; tap++) sum += kernel[tap] * this.past[this.at + tap];
      give(sum);
    }
    this.due -= 1;
  }
}

class Line extends AudioWorkletProcessor {
  constructor() {
    super();
    this.fromMicrophone = new Resampler(sampleRate, RATE);
    this.toDevice = new Resampler(RATE, sampleRate);
    this.frame = new Int16Array(SAMPLES);
    this.filled = this.number = 0;
    this.muted = false;
    this.queue = [];
    this.played = this.waited = 0;
    this.waiting = true;
    this.ready = new Float32Array(1024);
    this.count = 0;
    this.hear = sample => this.heard(sample);
    this.keep = sample => { this.ready[this.count++] = sample; };
    this.port.onmessage = ({ data }) => this.told(data);
  }

  told(message) {
    if (message.mute !== undefined) this.muted = message.mute;
    if (message.clear) this.forget();
    if (!message.sound) return;
    const view = new DataView(message.sound);
    this.queue.push({ number: view.getUint32(0, true), samples: new Int16Array(message.sound, HEADER) });
    if (this.queue.length > HELD) { this.queue.shift(); this.played = 0; }
  }

  forget() {
    this.queue = [];
    this.played = this.waited = 0;
    this.waiting = true;
  }

  // One sample of the microphone.
  heard(sample) {
    this.frame[this.filled++] = this.muted ? 0 : Math.max(-32768, Math.min(32767, Math.round(sample * 32767)));
    if (this.filled < SAMPLES) return;
    this.filled = 0;
    this.number++;
    const message = new ArrayBuffer(HEADER + 2 * SAMPLES), view = new DataView(message);
    view.setUint32(0, this.number, true);
    view.setUint32(4, 20 * this.number, true);
    new Int16Array(message, HEADER).set(this.frame);
    this.port.postMessage({ sound: message, level: Math.max(...this.frame) / 32767 }, [message]);
  }

  // The next sample to be played; silence where there is none.
  next() {
    if (this.queue.length === 0) { this.waiting = true; this.waited = 0; return 0; }
    if (this.waiting && this.queue.length < AHEAD && ++this.waited < AHEAD * SAMPLES) return 0;
    this.waiting = false;
    const { number, samples } = this.queue[0], sample = samples[this.played++];
    if (this.played === samples.length) {
      this.queue.shift();
      this.played = 0;
      this.port.postMessage({ played: number, last: this.queue.length === 0 });
    }
    return sample / 32768;
  }

  process([microphone], [[speaker]]) {
    if (microphone.length > 0) for (const sample of microphone[0]) this.fromMicrophone.push(sample, this.hear);
    while (this.count < speaker.length) this.toDevice.push(this.next(), this.keep);
    speaker.set(this.ready.subarray(0, speaker.length));
    this.ready.copyWithin(0, speaker.length, this.count);
    this.count -= speaker.length;
    return true;
  }
}

registerProcessor("line", Line);
