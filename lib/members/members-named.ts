import { type SQL, sql } from "drizzle-orm";
import { idsNamed } from "@/lib/orders/find-order-id";

const mostOrders = 2000; // Of one phone tail or name, the newest: thousands of orders name nobody any more.

/**
 * The ids of the members that a text may mean: a member number, an openid, a phone number or its last four digits, any
 * number that finds an order, a recipient's name, a tag. Whole, never a part of it: each branch is one look into an index.
 */
export function membersNamed(typed: string): SQL {
  const number = typed.replace(/[\s-]/g, "");
  const branches = [
    sql`SELECT t.member_id FROM member_tags t WHERE t.tag = ${typed}`,
    ofOrders(sql`lower(n.recipient ->> 'name') = ${typed.toLowerCase()} AND n.recipient IS NOT NULL`),
  ];
  const memberNo = /^#?(\d{1,15})$/.exec(number)?.[1];
  if (memberNo) branches.push(sql`SELECT own.id FROM members own WHERE own.id = ${memberNo}::bigint`);
  if (/^\d{4}$/.test(number))
    branches.push(ofOrders(sql`right(n.phone, 4) = ${number} AND n.phone IS NOT NULL`));
  if (/^1\d{10}$/.test(number))
    branches.push(
      ofOrders(sql`right(n.phone, 4) = ${number.slice(-4)} AND n.phone IS NOT NULL AND n.phone = ${number}`),
    );
  if (/^[\w-]{6,64}$/.test(typed))
    branches.push(sql`SELECT i.member_id FROM member_identities i WHERE i.openid = ${typed}`);
  if (/^[\w*|@-]{5,64}$/.test(number))
    branches.push(sql`SELECT named.member_id FROM orders named WHERE named.id IN (${idsNamed(number)})`);
  return sql.join(branches, sql` UNION `);
}

function ofOrders(condition: SQL): SQL {
  return sql`SELECT newest.member_id FROM (SELECT n.member_id FROM orders n WHERE ${condition}
    ORDER BY n.created_at DESC, n.id DESC LIMIT ${mostOrders}) newest`;
}
