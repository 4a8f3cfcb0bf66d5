import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { GET as list } from "@/app/api/export/[list]/route";
import { GET as evidence } from "@/app/api/export/evidence/[orderNo]/route";
import { GET as file } from "@/app/api/export/files/[id]/route";
import { sessionCookie, writeToken } from "@/lib/auth/staff-token";
import { addStaff } from "@/lib/staff/add-staff";
import { aShop } from "@/tests/support/a-shop";

/** The owner's cookie, which Next has only within a request. */
const jar = vi.hoisted(() => new Map<string, string>());
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: (name: string) => ({ name, value: jar.get(name) }) }),
  headers: async () => new Headers(),
}));

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

test("a link on somebody else's page gets no file, and leaves no entry in the trail", async () => {
  const { environment } = it.shop;
  const { id } = await addStaff(
    it.shop,
    { email: "o@shop.example", role: "owner", name: "韩" },
    "correct horse battery",
  );
  const claims = { id, sessionVersion: 1, confirmedAtMs: 0 };
  jar.set(sessionCookie(environment).name, await writeToken(environment, claims));
  const { orderNo } = await it.payableOrder();
  const [row] =
    await it.sql`INSERT INTO list_exports (staff_id, list, query, format, locale, status, expires_at)
    VALUES (${id}, 'orders', '', 'csv', 'en', 'done', now() + interval '1 day') RETURNING id::text`;
  const entries = async () => (await it.sql`SELECT count(*)::int AS count FROM audit_entries`)[0]?.count;
  const before = await entries();

  const ask = (path: string) =>
    new Request(`http://shop.test/api/export/${path}`, { headers: { "sec-fetch-site": "cross-site" } });
  const answers = [
    await list(ask("orders?format=csv"), { params: Promise.resolve({ list: "orders" }) }),
    await evidence(ask(`evidence/${orderNo}?reveal=1`), { params: Promise.resolve({ orderNo }) }),
    await file(ask(`files/${row?.id}`), { params: Promise.resolve({ id: String(row?.id) }) }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  expect(await entries()).toBe(before);
});
