import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET } from "@/app/api/refund/pictures/[name]/route";
import { POST } from "@/app/api/refund/pictures/route";
import { sessionCookie, writeToken } from "@/lib/auth/staff-token";
import { socketAddressHeader } from "@/lib/http/client-address";
import { openSession } from "@/lib/members/session";
import { PictureAnswer } from "@/lib/openapi/schemas";
import { addStaff } from "@/lib/staff/add-staff";
import { findStaff } from "@/lib/staff/find-staff";
import { aPhotograph } from "@/tests/support/a-picture";
import { aShop, type PayableOrder } from "@/tests/support/a-shop";
import { showInRefund } from "@/tests/support/a-shown-picture";

let it: Awaited<ReturnType<typeof aShop>>;
let order: PayableOrder;
let buyer: string;
let other: string;
let photograph: Buffer;
beforeAll(async () => {
  it = await aShop();
  order = await it.payableOrder();
  buyer = await cookieOf(order.memberId);
  other = await cookieOf((await it.payableOrder()).memberId);
  photograph = await aPhotograph();
});
beforeEach(() => it.sql`DELETE FROM rate_limits`);
afterAll(() => it.close());

const url = "http://shop.test/api/refund/pictures";
const cookieOf = async (memberId: number) =>
  `zg_member=${await openSession(it.shop.db, { memberId, expiresAt: new Date(Date.now() + 60_000) })}`;
const form = (parts: Record<string, Blob | string>) => {
  const data = new FormData();
  for (const [name, part] of Object.entries(parts)) data.append(name, part);
  return data;
};
const file = (bytes: Uint8Array, name = "photo.jpg", type = "image/jpeg") =>
  new File([new Uint8Array(bytes)], name, { type });

async function send(body: BodyInit | null, headers: Record<string, string> = { cookie: buyer }) {
  const response = await POST(
    new Request(url, { method: "POST", body, headers, duplex: "half" } as RequestInit),
    undefined,
  );
  return { status: response.status, body: await response.json(), headers: response.headers };
}

function look(name: string, headers: Record<string, string> = {}) {
  return GET(new Request(`${url}/${name}`, { headers }), { params: Promise.resolve({ name }) });
}

async function asStaff(): Promise<string> {
  const email = `${crypto.randomUUID()}@shop.example`;
  const { id } = await addStaff(it.shop, { email, role: "fulfilment", name: "x" }, "correct horse battery");
  const staff = await findStaff(it.shop.db, { id, sessionVersion: 1 });
  if (!staff) throw new Error("no such person");
  const { environment } = it.shop;
  return `${sessionCookie(environment).name}=${await writeToken(environment, { ...staff, confirmedAtMs: 0 })}`;
}

describe("sending a picture", () => {
  test("as a form's field or as the whole body: 201 with its name, the same for the same picture", async () => {
    const asForm = await send(form({ picture: file(photograph), note: "随便写写" }));
    const asBody = await send(new Uint8Array(photograph), { cookie: buyer, "content-type": "image/jpeg" });

    expect([asForm.status, asBody.status]).toEqual([201, 201]);
    expect(PictureAnswer.strict().parse(asForm.body)).toEqual(asBody.body);
    expect(asForm.body.name).toMatch(/^[0-9a-f]{64}\.webp$/);
  });

  test("by a mini program's token", async () => {
    const token = buyer.split("=")[1] ?? "";

    expect(
      (await send(form({ picture: file(photograph) }), { authorization: `Bearer ${token}` })).status,
    ).toBe(201);
  });

  test("without a session it is 401, and nothing of the body is read", async () => {
    const unread = new ReadableStream(
      { pull: () => Promise.reject(new Error("it was read")) },
      { highWaterMark: 0 },
    );

    const strangers = [
      await send(form({ picture: file(photograph) }), {}),
      await send(form({ picture: file(photograph) }), { cookie: "zg_member=forged" }),
      await send(unread, { "content-type": "image/png" }),
    ];

    for (const { status, body } of strangers) expect([status, body.code]).toEqual([401, "unauthenticated"]);
  });

  test.each<[string, () => [BodyInit | null, Record<string, string>?], number, string]>([
    [
      "text that calls itself a JPEG",
      () => [form({ picture: file(Buffer.from("hello")) })],
      422,
      "picture_invalid",
    ],
    ["an empty file", () => [form({ picture: file(Buffer.alloc(0)) })], 422, "picture_invalid"],
    ["an empty body", () => [null, { "content-type": "image/png" }], 422, "picture_invalid"],
    ["a form without the field", () => [form({ photo: file(photograph) })], 400, "malformed"],
    ["a form with text in the field", () => [form({ picture: "hello" })], 400, "malformed"],
    ["a form with two pictures", () => [twoPictures()], 400, "malformed"],
    ["JSON", () => ["{}", { "content-type": "application/json" }], 400, "malformed"],
    ["no type at all", () => [new Uint8Array(photograph)], 400, "malformed"],
    ["a form without a boundary", () => ["x", { "content-type": "multipart/form-data" }], 400, "malformed"],
    ["a form that ends early", () => ["--b\r\nContent-D", multipart], 400, "malformed"],
    ["20 MB in a form", () => [form({ picture: file(Buffer.alloc(20_000_000)) })], 413, "body_too_large"],
    [
      "20 MB as the body",
      () => [new Uint8Array(20_000_000), { "content-type": "image/jpeg" }],
      413,
      "body_too_large",
    ],
  ])("%s gets a clear answer", async (_, make, status, code) => {
    const [body, headers = {}] = make();

    const answer = await send(body, { cookie: buyer, ...headers });

    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    if (status === 413) expect(answer.body.limitBytes).toBe(5 * 1024 * 1024);
  });

  test.each(["image/jpeg", "multipart/form-data; boundary=b"])(
    "an endless %s is read to a little over 5 MB and no further",
    async (type) => {
      let sent = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 64 * 1024;
          controller.enqueue(new Uint8Array(64 * 1024));
        },
      });

      const answer = await send(endless, { cookie: buyer, "content-type": type });

      expect([answer.status, answer.body.code]).toEqual([413, "body_too_large"]);
      expect(sent).toBeLessThan(5.3 * 1024 * 1024);
    },
  );

  test("a length above the limit is believed before anything is read", async () => {
    const unread = new ReadableStream(
      { pull: () => Promise.reject(new Error("it was read")) },
      { highWaterMark: 0 },
    );

    const answer = await send(unread, {
      cookie: buyer,
      "content-type": "image/png",
      "content-length": String(5 * 1024 * 1024 + 1),
    });

    expect(answer.status).toBe(413);
  });

  test("the twenty-first in an hour is 429 with the time to wait; another member may go on", async () => {
    const png = { "content-type": "image/png" };
    const answers = [];
    for (let n = 0; n < 21; n++) answers.push(await send("x", { cookie: buyer, ...png }));

    expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(422), 429]);
    expect(Number(answers[20]?.headers.get("retry-after"))).toBeGreaterThan(3000);
    expect((await send("x", { cookie: other, ...png })).status).toBe(422);
  });

  test("one address may send a hundred in an hour, by however many members", async () => {
    const from = { [socketAddressHeader]: "203.0.113.9", "content-type": "image/png" };
    const statuses = [];
    for (let n = 0; n < 101; n++) {
      if (n % 20 === 0) await it.sql`DELETE FROM rate_limits WHERE key LIKE 'uploads:%'`;
      statuses.push((await send("x", { cookie: buyer, ...from })).status);
    }

    expect(statuses).toEqual([...Array(100).fill(422), 429]);
  });
});

describe("seeing a picture", () => {
  test("who sent it gets it, never to be asked for again, and as nothing but a picture", async () => {
    const { body } = await send(form({ picture: file(photograph) }));

    const response = await look(body.name, { cookie: buyer });

    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "image/webp",
      "content-length": String((await response.arrayBuffer()).byteLength),
      "cache-control": "private, max-age=31536000, immutable",
      "content-disposition": "inline",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    });
  });

  test("another member, a stranger and a wrong name are told 404; staff may", async () => {
    const { body } = await send(form({ picture: file(photograph) }));

    const refused = [
      await look(body.name, { cookie: other }),
      await look(body.name),
      await look(`${"0".repeat(64)}.webp`, { cookie: buyer }),
      await look("..%2f..%2fetc%2fpasswd", { cookie: buyer }),
    ];
    const allowed = await look(body.name, { cookie: await asStaff() });

    for (const response of refused)
      expect([response.status, (await response.json()).code]).toEqual([404, "not_found"]);
    expect(allowed.status).toBe(200);
  });

  test("a picture that staff attached is for the buyer whose refund shows it", async () => {
    const sent = await send(form({ picture: file(await aPhotograph()) }), { cookie: other });
    const before = await look(sent.body.name, { cookie: buyer });

    await showInRefund(it.shop, order, [sent.body.name]);

    expect([before.status, (await look(sent.body.name, { cookie: buyer })).status]).toEqual([404, 200]);
  });

  test("a session at the desk that was ended sees nothing", async () => {
    const { body } = await send(form({ picture: file(photograph) }));
    const cookie = await asStaff();
    await it.sql`UPDATE staff SET session_version = 2`;

    expect((await look(body.name, { cookie })).status).toBe(404);
  });
});

const multipart = { "content-type": "multipart/form-data; boundary=b" };

function twoPictures(): FormData {
  const data = form({ picture: file(photograph) });
  data.append("picture", file(photograph));
  return data;
}
