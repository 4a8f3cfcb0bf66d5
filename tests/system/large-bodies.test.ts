import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireOrder } from "@/tests/support/a-buyer";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";

let running: RunningShop;
let cookie: string;
beforeAll(async () => {
  running = await aRunningShop({ worker: false });
  ({ cookie } = await requireOrder(running.url, "COURSE-12"));
});
afterAll(() => running?.stop());

const megabytes = 20;
const picture = () => ["POST /api/refund/pictures HTTP/1.1", "content-type: image/jpeg", `cookie: ${cookie}`];

test.each<[string, () => string[], "sized" | "chunked", string]>([
  ["a picture that says how large it is", picture, "sized", "413 Payload Too Large"],
  ["a picture that does not say", picture, "chunked", "413 Payload Too Large"],
  ["a stranger's picture", () => picture().slice(0, 2), "chunked", "401 Unauthorized"],
  ["an order", () => ["POST /api/orders HTTP/1.1"], "chunked", "413 Payload Too Large"],
  ["a notification", () => ["POST /api/notify HTTP/1.1"], "sized", "413 Payload Too Large"],
])(
  "20 MB of %s are answered before they have come, and the connection goes on",
  async (_, head, framing, status) => {
    const { answers, sentAtAnswer } = await sendAndAskOn(head(), framing);

    expect(answers).toEqual([`HTTP/1.1 ${status}`, "HTTP/1.1 200 OK"]);
    expect(sentAtAnswer).toBeLessThan(megabytes);
  },
);

/** Sends on one connection half of the large request, the rest of it once there is an answer, and a question about health. */
function sendAndAskOn(head: string[], framing: "sized" | "chunked") {
  return new Promise<{ answers: string[]; sentAtAnswer: number }>((resolve, reject) => {
    const socket = connect(Number(new URL(running.url).port), "127.0.0.1");
    const piece = Buffer.alloc(2 ** 20, "a");
    let sent = 0;
    let sentAtAnswer = 0;
    let text = "";
    const length =
      framing === "sized" ? `content-length: ${megabytes * 2 ** 20}` : "transfer-encoding: chunked";
    socket.write([...head, "host: shop.test", length, "", ""].join("\r\n"));
    const pump = () => {
      while (sent < megabytes) {
        if (sent >= megabytes / 2 && text === "") return void socket.once("data", pump);
        sent++;
        const chunk = Buffer.concat([
          Buffer.from(`${piece.length.toString(16)}\r\n`),
          piece,
          Buffer.from("\r\n"),
        ]);
        if (!socket.write(framing === "sized" ? piece : chunk)) return void socket.once("drain", pump);
      }
      socket.write(framing === "sized" ? "" : "0\r\n\r\n");
      socket.write("GET /api/health HTTP/1.1\r\nhost: shop.test\r\nconnection: close\r\n\r\n");
    };
    socket.on("data", (data) => {
      if (text === "") sentAtAnswer = sent;
      text += data;
    });
    pump();
    socket.on("error", reject);
    socket.on("close", () => resolve({ answers: text.match(/HTTP\/1\.1 .*(?=\r\n)/g) ?? [], sentAtAnswer }));
  });
}
