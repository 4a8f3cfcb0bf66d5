import { afterAll, beforeAll, expect, test } from "vitest";
import { addAddress } from "@/lib/addresses/add-address";
import { countAddresses } from "@/lib/addresses/count-addresses";
import { editAddress } from "@/lib/addresses/edit-address";
import { findAddress } from "@/lib/addresses/find-address";
import { listAddresses } from "@/lib/addresses/list-addresses";
import { makeDefault } from "@/lib/addresses/make-default";
import { removeAddress } from "@/lib/addresses/remove-address";
import { mostAddresses } from "@/lib/addresses/save-address";
import { AppError } from "@/lib/http/app-error";
import { openGuest } from "@/lib/members/open-guest";
import { aRecipient, aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const times = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));
let guests = 0;
const aMember = async () => (await openGuest(it.shop, `form ${++guests}`)).buyer.memberId;
const add = (memberId: number, name: string, isDefault = false) =>
  addAddress(it.shop, { memberId, recipient: { ...aRecipient, name }, isDefault });
const namesOf = async (memberId: number) =>
  (await listAddresses(it.shop, memberId)).map(({ name, isDefault }) => (isDefault ? `*${name}` : name));

async function codeOf(doing: Promise<unknown>): Promise<string> {
  const outcome = await doing.catch((error: unknown) => error);
  return outcome instanceof AppError ? outcome.code : "done";
}

test("the default leads, then what an order used last, then what was added last", async () => {
  const memberId = await aMember();
  for (const name of ["one", "two", "three", "four"]) await add(memberId, name);
  const [, , two] = await listAddresses(it.shop, memberId);
  await makeDefault(it.shop, { memberId, addressId: two?.id ?? 0 });
  await it.sql`UPDATE addresses SET used_at = now() WHERE member_id = ${memberId} AND name = 'one'`;

  expect(await namesOf(memberId)).toEqual(["*two", "one", "four", "three"]);
});

test("a form that is sent twenty times at once saves one address", async () => {
  const memberId = await aMember();

  const ids = await Promise.all(times(20, () => add(memberId, "twice")));

  expect(new Set(ids).size).toBe(1);
  expect(await countAddresses(it.shop, memberId)).toBe(1);
});

test("of thirty at once the book takes as many as it holds", async () => {
  const memberId = await aMember();

  const codes = await Promise.all(times(30, (n) => codeOf(add(memberId, `n${n}`))));

  expect(codes.filter((code) => code === "too_many_addresses")).toHaveLength(30 - mostAddresses);
  expect(await countAddresses(it.shop, memberId)).toBe(mostAddresses);
});

test("whatever is pressed at once, one address at most is the default", async () => {
  const memberId = await aMember();
  const ids = [
    await add(memberId, "one", true),
    await add(memberId, "two", true),
    await add(memberId, "three"),
  ];
  expect(await namesOf(memberId)).toEqual(["*two", "three", "one"]);

  await Promise.all(
    ids.flatMap((addressId, n) => [
      makeDefault(it.shop, { memberId, addressId }),
      editAddress(it.shop, {
        memberId,
        addressId,
        recipient: { ...aRecipient, name: `e${n}` },
        isDefault: true,
      }),
    ]),
  );

  expect((await namesOf(memberId)).filter((name) => name.startsWith("*"))).toHaveLength(1);
});

test("an edited address stops being the default when that is unticked", async () => {
  const memberId = await aMember();
  const addressId = await add(memberId, "one", true);

  await editAddress(it.shop, {
    memberId,
    addressId,
    recipient: { ...aRecipient, city: "东莞市", district: "" },
    isDefault: false,
  });

  expect(await listAddresses(it.shop, memberId)).toMatchObject([
    { city: "东莞市", district: "", isDefault: false },
  ]);
});

test("nobody reads, changes, prefers or removes an address of somebody else's", async () => {
  const [owner, stranger] = [await aMember(), await aMember()];
  const addressId = await add(owner, "mine", true);
  const forged = { memberId: stranger, addressId };

  expect(await findAddress(it.shop, { memberId: stranger, id: String(addressId) })).toBeNull();
  expect(await codeOf(makeDefault(it.shop, forged))).toBe("not_found");
  expect(await editAddress(it.shop, { ...forged, recipient: aRecipient, isDefault: true })).toBe(false);
  await removeAddress(it.shop, forged);
  expect(await namesOf(owner)).toEqual(["*mine"]);

  await removeAddress(it.shop, { memberId: owner, addressId });
  await removeAddress(it.shop, { memberId: owner, addressId });
  expect(await namesOf(owner)).toEqual([]);
});

test.each(["0", "-1", "1.0", "1e3", " 1", "\0", "x", "9".repeat(40), ""])(
  "%j names no address",
  async (id) => {
    const memberId = await aMember();
    await add(memberId, "one");

    expect(await findAddress(it.shop, { memberId, id })).toBeNull();
  },
);
