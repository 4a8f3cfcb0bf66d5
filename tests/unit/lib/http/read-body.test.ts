import { expect, test } from "vitest";
import { bodyLimitBytes, readBody, readJson } from "@/lib/http/read-body";

const request = (body: string | Uint8Array | null) =>
  new Request("http://shop.test", { method: "POST", body: body as BodyInit | null });

test("a body is read whole up to its limit, and one byte further", async () => {
  for (const size of [0, 1, bodyLimitBytes - 1, bodyLimitBytes])
    expect((await readBody(request(Buffer.alloc(size, 1)))).byteLength).toBe(size);
  for (const size of [bodyLimitBytes + 1, bodyLimitBytes * 3])
    expect((await readBody(request(Buffer.alloc(size, 1)))).byteLength).toBe(bodyLimitBytes + 1);
  expect((await readBody(request(null))).byteLength).toBe(0);
});

test("bytes that come one at a time are the same body", async () => {
  const text = JSON.stringify({ name: "掌柜" });
  const bytes = Buffer.from(text);
  const dripping = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });

  const body = new Request("http://shop.test", {
    method: "POST",
    body: dripping,
    duplex: "half",
  } as RequestInit);

  expect(await readJson(body)).toEqual({ name: "掌柜" });
});

test.each([
  ["", "malformed"],
  ["{", "malformed"],
  ['"a\\u0000"', "malformed"],
  ['{"a\\ud800": 1}', "malformed"],
  ['[{"deep": ["\\udfff"]}]', "malformed"],
  [Buffer.from([0x22, 0xff, 0x22]), "malformed"],
  [`"${"x".repeat(bodyLimitBytes)}"`, "body_too_large"],
])("%j is %s", async (body, code) => {
  await expect(readJson(request(body))).rejects.toMatchObject({ code });
});
