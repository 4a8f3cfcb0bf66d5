import { blockMember } from "@/lib/members/block-member";
import { eraseMember } from "@/lib/members/erase-member";
import { tagMember } from "@/lib/members/tag-member";
import { unblockMember } from "@/lib/members/unblock-member";
import { untagMember } from "@/lib/members/untag-member";
import { addNote } from "@/lib/notes/add-note";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import type { Permission } from "@/lib/staff/rights";
import { textOf } from "../../parts/outcome";

export const memberActions = {
  note: "orders.note",
  tag: "members.edit",
  untag: "members.edit",
  block: "members.edit",
  unblock: "members.edit",
  erase: "members.erase",
} as const satisfies Record<string, Permission>;
export type MemberAction = keyof typeof memberActions;

type Asked = { memberId: number; by: Person; form: FormData };

/** What each form does, and the word of `members.one.done` for what came of it. Throws `AppError`. */
export const deeds = {
  async note(shop: Shop, { memberId, by, form }: Asked) {
    await addNote(shop, { memberId, by, text: textOf(form, "text") });
    return "note" as const;
  },
  async tag(shop: Shop, { memberId, by, form }: Asked) {
    const isNew = await tagMember(shop, { memberId, by, tag: textOf(form, "tag") });
    return isNew ? ("tag" as const) : ("tagBefore" as const);
  },
  async untag(shop: Shop, { memberId, by, form }: Asked) {
    await untagMember(shop, { memberId, by, tag: textOf(form, "tag") });
    return "untag" as const;
  },
  async block(shop: Shop, { memberId, by, form }: Asked) {
    const isNew = await blockMember(shop, { memberId, by, reason: textOf(form, "reason") });
    return isNew ? ("block" as const) : ("blockBefore" as const);
  },
  async unblock(shop: Shop, { memberId, by }: Asked) {
    await unblockMember(shop, { memberId, by });
    return "unblock" as const;
  },
  async erase(shop: Shop, { memberId, by, form }: Asked) {
    await eraseMember(shop, { memberId, by, confirmation: textOf(form, "confirmation") });
    return "erase" as const;
  },
} satisfies Record<MemberAction, (shop: Shop, asked: Asked) => Promise<string>>;
