// Fetches addresses and writes each answer with warcio.js:
// node recorder.cjs NODE_MODULES FILE ADDRESS...
// Node has undone compression and chunks by then, and still shows the headers that name them: as with
// what browsers show, they are not true of the body any more.
const { createWriteStream } = require("node:fs");
const { createRequire } = require("node:module");

const [modules, file, ...addresses] = process.argv.slice(2);
const { WARCRecord, WARCSerializer } = createRequire(`${modules}/`)("warcio");

async function main() {
  const out = createWriteStream(file);
  for (const url of addresses) {
    const answer = await fetch(url, { redirect: "manual" });
    const body = new Uint8Array(await answer.arrayBuffer());
    const httpHeaders = Object.fromEntries(answer.headers);
    async function* content() {
      yield body;
    }
    const record = WARCRecord.create(
      {
        url,
        date: new Date().toISOString(),
        type: "response",
        warcVersion: "WARC/1.1",
        httpHeaders,
        statusline: `HTTP/1.1 ${answer.status} ${answer.statusText}`,
      },
      content(),
    );
    for await (const part of new WARCSerializer(record, { gzip: true })) {
      out.write(part);
    }
  }
  await new Promise((done) => out.end(done));
}

main();
