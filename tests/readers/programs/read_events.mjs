// Reads a topic to a number of events and prints each as a line of JSON, with kafkajs as it is (no codec is added)
// and the CloudEvents SDK of JavaScript: node read_events.mjs BROKERS TOPIC COUNT
// kafkajs reads committed records unless told otherwise.
import { createRequire } from "node:module";

const require = createRequire(`${process.env.READERS_MODULES}/`);
const { Kafka, logLevel } = require("kafkajs");
const { Kafka: Binding } = require("cloudevents");

const [brokers, topic, count] = process.argv.slice(2);
const kafka = new Kafka({ brokers: [brokers], logLevel: logLevel.ERROR });
const consumer = kafka.consumer({ groupId: `${topic}-kafkajs`, readUncommitted: false });
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });
let seen = 0;
await consumer.run({
  eachMessage: async ({ message }) => {
    const headers = Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [name, value.toString()]),
    );
    const event = Binding.toEvent({ headers, key: message.key, value: message.value.toString() });
    const { id, type, source, subject, language, agency = null, publisher, data } = event;
    const whole = typeof data === "string" ? JSON.parse(data) : data;
    console.log(JSON.stringify({ id, type, source, subject, language, agency, publisher, data: whole }));
    seen += 1;
    if (seen === Number(count)) {
      setTimeout(() => consumer.disconnect().then(() => process.exit(0)));
    }
  },
});
