"use server";

import { getLocale } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { AppError } from "@/lib/http/app-error";
import { type RevealedMember, revealMember } from "@/lib/members/reveal-member";
import { shop } from "@/lib/shop";
import { textOf } from "../../parts/outcome";
import { refusalText } from "../../parts/refusal-text";
import { readMemberId } from "./read-member-id";

export type Revealed = RevealedMember | { refusal: string } | null;

export async function reveal(_: Revealed, form: FormData): Promise<Revealed> {
  const memberId = readMemberId(textOf(form, "memberId"));
  const staff = await requireStaffOnPage("members.reveal", `/dashboard/members/${memberId ?? ""}`);
  try {
    if (memberId === null) throw new AppError("malformed");
    return await revealMember(shop(), {
      memberId,
      by: { staffId: staff.id, address: await requestAddress() },
    });
  } catch (error) {
    return { refusal: refusalText(await getLocale(), error) };
  }
}
