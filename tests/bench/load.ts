import { connect, type Socket } from "node:net";
import { messageFor, type Signer } from "./message";
import { type Measured, summarize } from "./summary";

/**
 * The load, a process of its own: so many connections, each sending the next message as soon as the last is answered.
 * Plain sockets and requests written beforehand, so that it takes as little as possible of the two cores it shares
 * with what it measures. Told what to do by its parent, which gets the figures.
 */
export type Load = { port: number; connections: number; from: number; count: number; signer: Signer };

process.once("message", async (load: Load) => {
  const requests = Array.from({ length: load.count }, (_, n) => requestFor(load.from + n, load));
  const latenciesMs = new Float64Array(load.count);
  let next = 0;
  let failed = 0;
  const began = performance.now();
  const one = async () => {
    const socket = await dial(load.port);
    const ask = exchanger(socket);
    for (let n = next++; n < load.count; n = next++) {
      const sent = performance.now();
      if (!(await ask(requests[n] ?? ""))) failed++;
      latenciesMs[n] = performance.now() - sent;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: load.connections }, one));
  const measured: Measured = summarize(latenciesMs, { seconds: (performance.now() - began) / 1000, failed });
  process.send?.(measured, () => process.disconnect?.());
});
process.send?.("ready");

function requestFor(n: number, { port, signer }: Load): string {
  const body = messageFor(n, signer);
  return `POST /api/notify HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nuser-agent: Mozilla/4.0\r\naccept: */*\r\ncontent-type: text/xml\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function dial(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket)).setNoDelay(true);
    socket.once("error", reject);
  });
}

/** Sends a request and answers whether SUCCESS came back, once the whole answer has. */
function exchanger(socket: Socket): (request: string) => Promise<boolean> {
  let text = "";
  let done: (succeeded: boolean) => void = () => {};
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    text += chunk;
    if (!isWhole(text)) return;
    const succeeded = text.startsWith("HTTP/1.1 200") && text.includes("<![CDATA[SUCCESS]]></return_code>");
    text = "";
    done(succeeded);
  });
  socket.once("close", () => done(false));
  return (request) =>
    new Promise((resolve) => {
      done = resolve;
      if (socket.destroyed) resolve(false);
      else socket.write(request);
    });
}

function isWhole(text: string): boolean {
  const head = text.indexOf("\r\n\r\n");
  if (head === -1) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  return length === undefined ? text.endsWith("0\r\n\r\n") : text.length >= head + 4 + Number(length);
}
