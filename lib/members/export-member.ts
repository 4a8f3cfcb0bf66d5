import { eq } from "drizzle-orm";
import { pictures } from "@/lib/db/schema/pictures";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import type { ZipFile } from "@/lib/zip/zip-stream";
import { changeMember } from "./change-member";
import { type MemberData, readMemberData } from "./read-member-data";

/**
 * All that the shop holds about a member, for the person who asks for it: `data.json`, `readme` in the words given, and
 * the pictures they sent. That it was taken out is kept in the transaction that reads it. `not_found`, `member_erased`.
 */
export async function exportMember(
  shop: Shop,
  of: { memberId: number; readme: string; by: Person },
): Promise<AsyncIterable<ZipFile>> {
  let data: MemberData | null = null;
  await changeMember(shop, of, async (tx, member) => {
    data = await readMemberData(tx, member);
    return { action: "member.export", after: { orders: data.orders.length } };
  });
  if (!data) throw new Error("nothing was read of a member that is there");
  return filesOf(shop, data, of.readme);
}

async function* filesOf(shop: Shop, data: MemberData, readme: string): AsyncGenerator<ZipFile> {
  const written = new TextEncoder();
  yield { name: "readme.txt", bytes: written.encode(`\uFEFF${readme}\r\n`) };
  yield { name: "data.json", bytes: written.encode(JSON.stringify(data, null, 2)) };
  for (const name of picturesOf(data)) {
    const [picture] = await shop.db.select().from(pictures).where(eq(pictures.name, name));
    if (picture) yield { name: `pictures/${name}`, bytes: picture.bytes, isPacked: true };
  }
}

function picturesOf({ uploads, orders }: MemberData): Set<string> {
  const shown = orders.flatMap(({ refunds }) => refunds.flatMap((refund) => refund.pictures));
  return new Set([...uploads.map(({ picture }) => picture), ...shown]);
}
