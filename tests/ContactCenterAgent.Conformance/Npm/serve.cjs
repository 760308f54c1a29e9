"use strict";
// Answers requests, one line of JSON each: {"id":1,"ask":"name",...} with {"id":1,"value":...} or {"id":1,"fault":{...}}.
const readline = require("node:readline");

module.exports = handlers => {
  const reply = message => process.stdout.write(JSON.stringify(message) + "\n");
  readline.createInterface({ input: process.stdin }).on("line", async line => {
    const request = JSON.parse(line);
    try {
      reply({ id: request.id, value: (await handlers[request.ask](request)) ?? null });
    } catch (fault) {
      reply({ id: request.id, fault: { message: String(fault.message ?? fault), status: fault.statusCode ?? 0, code: String(fault.code ?? "") } });
    }
  }).on("close", () => process.exit(0));
};
