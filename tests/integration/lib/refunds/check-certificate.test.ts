import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { checkCertificate } from "@/lib/refunds/check-certificate";
import { type Certificates, loadCertificates } from "@/lib/sandbox/identity/certificates";
import { readCertificate } from "@/lib/wechat/certificate";
import { aShop, testWechat } from "@/tests/support/a-shop";

const folder = mkdtempSync(join(tmpdir(), "zhanggui-certificates-"));
const dayMs = 86_400_000;
let it: Awaited<ReturnType<typeof aShop>>;
let own: Certificates;
let renewed: Certificates;
let others: Certificates;
let endsAt: number;

beforeAll(async () => {
  it = await aShop();
  const { mchId } = testWechat;
  own = await loadCertificates({ folder: join(folder, "own"), mchId });
  renewed = await loadCertificates({ folder: join(folder, "renewed"), mchId });
  others = await loadCertificates({ folder: join(folder, "others"), mchId: "1900009999" });
  endsAt = readCertificate(own.files.merchantCertificate).validTo.getTime();
});
afterAll(async () => {
  await it.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => it.sql`TRUNCATE alarms CASCADE`);

/** The shop looks at a certificate, so many days before the first one's end. */
async function check(of: { certFile: string | null; daysLeft: number }) {
  it.shop.environment.wechat.certFile = of.certFile;
  it.clock.now = new Date(endsAt - of.daysLeft * dayMs);
  await checkCertificate(it.shop);
}
const alarms = async () => {
  const rows = await it.sql`SELECT dedupe_key, status, count, facts, resolved_at FROM alarms ORDER BY id`;
  return rows.map((row) => `${row.dedupe_key} ${row.status} ${row.facts.what} ${row.count}`);
};
const ownFile = () => own.files.merchantCertificate;

test("a certificate that holds for long says nothing", async () => {
  await check({ certFile: ownFile(), daysLeft: 30.1 });

  expect(await alarms()).toEqual([]);
});

test("a shop without a certificate says nothing", async () => {
  await check({ certFile: null, daysLeft: -1 });

  expect(await alarms()).toEqual([]);
});

test("thirty, seven and one day before its end there is an alarm each, however often it is looked at", async () => {
  for (const daysLeft of [30, 29, 7.01, 7, 6, 1.01, 1, 0.5, 0.01])
    await check({ certFile: ownFile(), daysLeft });

  expect(await alarms()).toEqual([
    "certificate_expiring:30 open expiring 1",
    "certificate_expiring:7 open expiring 1",
    "certificate_expiring:1 open expiring 1",
  ]);
});

test("a shop that looks late hears of the nearest end only, and workers that start together say it once", async () => {
  it.shop.environment.wechat.certFile = ownFile();
  it.clock.now = new Date(endsAt - 3 * dayMs);

  await Promise.all(Array.from({ length: 4 }, () => checkCertificate(it.shop)));

  expect(await alarms()).toEqual(["certificate_expiring:7 open expiring 1"]);
});

test("an alarm that somebody resolved does not come back before the next one is due", async () => {
  await check({ certFile: ownFile(), daysLeft: 20 });
  await it.sql`UPDATE alarms SET status = 'resolved', resolved_at = now()`;

  await check({ certFile: ownFile(), daysLeft: 19 });
  await check({ certFile: ownFile(), daysLeft: 5 });

  expect(await alarms()).toEqual([
    "certificate_expiring:30 resolved expiring 1",
    "certificate_expiring:7 open expiring 1",
  ]);
});

test("a renewed one resolves the alarms, acknowledged ones too, and is warned of in its own time", async () => {
  await check({ certFile: ownFile(), daysLeft: 20 });
  await it.sql`UPDATE alarms SET status = 'acknowledged'`;
  await check({ certFile: ownFile(), daysLeft: 5 });

  await check({ certFile: renewed.files.merchantCertificate, daysLeft: 40 });
  const [first] = await it.sql`SELECT resolved_at FROM alarms ORDER BY id LIMIT 1`;
  await check({ certFile: renewed.files.merchantCertificate, daysLeft: 20 });

  expect(await alarms()).toEqual([
    "certificate_expiring:30 resolved expiring 1",
    "certificate_expiring:7 resolved expiring 1",
    "certificate_expiring:30 open expiring 1",
  ]);
  expect(new Date(first?.resolved_at)).toEqual(new Date(endsAt - 40 * dayMs));
});

test("a renewed one that ends as soon resolves the alarm about the other, and raises its own", async () => {
  await check({ certFile: ownFile(), daysLeft: 20 });

  await check({ certFile: renewed.files.merchantCertificate, daysLeft: 19 });

  expect(await alarms()).toEqual([
    "certificate_expiring:30 resolved expiring 1",
    "certificate_expiring:30 open expiring 1",
  ]);
});

test("a file that is gone, no certificate, expired, too early or another merchant's is one trouble, counted", async () => {
  const broken = join(folder, "broken.pem");
  writeFileSync(broken, "topsecret");
  const said: string[] = [];
  for (const [certFile, daysLeft] of [
    [join(folder, "none.pem"), 100],
    [broken, 100],
    [ownFile(), 0],
    [ownFile(), 6 * 365],
    [others.files.merchantCertificate, 100],
  ] as const) {
    await check({ certFile, daysLeft });
    said.push(...(await alarms()));
  }

  expect(said).toEqual([
    "certificate_trouble:file open missing 1",
    "certificate_trouble:file open unreadable 2",
    "certificate_trouble:file open expired 3",
    "certificate_trouble:file open not_yet_valid 4",
    "certificate_trouble:file open other_merchant 5",
  ]);
  const [alarm] = await it.sql`SELECT facts::text FROM alarms`;
  expect(alarm?.facts).not.toMatch(/pem|topsecret|zhanggui-certificates|KEY/);
});

test("trouble that is over is resolved, and trouble leaves the warnings as they are", async () => {
  await check({ certFile: ownFile(), daysLeft: 20 });
  await check({ certFile: join(folder, "none.pem"), daysLeft: 19 });
  const troubled = await alarms();

  await check({ certFile: ownFile(), daysLeft: 18 });

  expect(troubled).toEqual([
    "certificate_expiring:30 open expiring 1",
    "certificate_trouble:file open missing 1",
  ]);
  expect(await alarms()).toEqual([
    "certificate_expiring:30 open expiring 1",
    "certificate_trouble:file resolved missing 1",
  ]);
});

test("other alarms are left alone", async () => {
  await it.sql`INSERT INTO alarms (source, kind, dedupe_key) VALUES
    ('shop', 'certificate_trouble', 'certificate_trouble:refused'), ('shop', 'job_failed', 'job_failed:x')`;

  await check({ certFile: ownFile(), daysLeft: 100 });

  expect(await it.sql`SELECT 1 FROM alarms WHERE status = 'open'`).toHaveLength(2);
});
