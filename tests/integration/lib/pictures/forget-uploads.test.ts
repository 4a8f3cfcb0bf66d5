import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetOldRows } from "@/lib/jobs/forget-old-rows";
import { forgetUploads } from "@/lib/pictures/forget-uploads";
import { storePicture } from "@/lib/pictures/store-picture";
import { aPhotograph } from "@/tests/support/a-picture";
import { aShop, type PayableOrder } from "@/tests/support/a-shop";
import { showInRefund } from "@/tests/support/a-shown-picture";

let it: Awaited<ReturnType<typeof aShop>>;
let order: PayableOrder;
beforeAll(async () => {
  it = await aShop();
  order = await it.payableOrder();
});
afterAll(() => it.close());

const hour = 3_600_000;
const send = async (bytes?: Buffer) =>
  (await storePicture(it.shop, { memberId: order.memberId, bytes: bytes ?? (await aPhotograph()) })).name;
const pass = (ms: number) => {
  it.clock.now = new Date(it.clock.now.getTime() + ms);
};
const isThere = async (name: string) => {
  const [row] = await it.sql`SELECT EXISTS (SELECT 1 FROM pictures WHERE name = ${name}) AS picture,
    EXISTS (SELECT 1 FROM uploads WHERE picture_name = ${name}) AS upload`;
  return row;
};

test("after a day an upload that no refund shows is gone, one that a refund shows is there", async () => {
  const [unused, shown] = [await send(), await send()];
  await showInRefund(it.shop, order, [shown]);

  pass(24 * hour);
  await forgetOldRows(it.shop);
  const onTheHour = await isThere(unused);
  pass(1);
  await forgetOldRows(it.shop);

  expect(onTheHour).toEqual({ picture: true, upload: true });
  expect(await isThere(unused)).toEqual({ picture: false, upload: false });
  expect(await isThere(shown)).toEqual({ picture: true, upload: true });
});

test("a picture sent again is young again", async () => {
  const photograph = await aPhotograph();
  const name = await send(photograph);

  pass(23 * hour);
  await send(photograph);
  pass(23 * hour);
  await forgetUploads(it.shop);

  expect(await isThere(name)).toEqual({ picture: true, upload: true });
});

test("while somebody is just attaching a picture, it stays", async () => {
  const name = await send();
  pass(25 * hour);
  let forgetting: Promise<void> = Promise.resolve();

  await it.sql.begin(async (tx) => {
    await tx`SELECT 1 FROM uploads WHERE picture_name = ${name} FOR SHARE`;
    await tx`SELECT 1 FROM pictures WHERE name = ${name} FOR KEY SHARE`; // As a row that refers to it does.
    forgetting = forgetUploads(it.shop);
    await until(async () => {
      const [waiting] = await it.sql`SELECT 1 FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'DELETE FROM uploads%'`;
      return waiting !== undefined;
    });
    const [refund] = await tx`SELECT id FROM refunds LIMIT 1`;
    await tx`INSERT INTO refund_pictures (refund_id, picture_name, position) VALUES (${refund?.id}, ${name}, 7)`;
  });
  await forgetting;

  expect(await isThere(name)).toMatchObject({ picture: true });
});

test("sending and cleaning up at once, a hundred times: what was sent is there", async () => {
  const photograph = await aPhotograph();
  const names: string[] = [];

  for (let n = 0; n < 100; n++) {
    pass(25 * hour);
    const [name] = await Promise.all([send(photograph), forgetUploads(it.shop)]);
    if ((await isThere(name))?.picture) names.push(name);
  }

  expect(names).toHaveLength(100);
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
