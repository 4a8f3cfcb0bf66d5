"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { acknowledgeAlarm } from "@/lib/alarms/acknowledge-alarm";
import { assignAlarm } from "@/lib/alarms/assign-alarm";
import { resolveAlarm } from "@/lib/alarms/resolve-alarm";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { AppError } from "@/lib/http/app-error";
import { shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { type Outcome, textOf, typedIn } from "../parts/outcome";
import { refusalText } from "../parts/refusal-text";

/** Every form of the inbox: acknowledge, assign, resolve. */
export async function handle(_: Outcome, form: FormData): Promise<Outcome> {
  const staff = await requireStaffOnPage("alarms.handle", "/dashboard/alarms");
  const t = await getTranslations("alarms.done");
  const answer = { form: textOf(form, "form"), typed: typedIn(form) };
  try {
    const done = await deed(form, { staffId: staff.id, address: await requestAddress() });
    refresh();
    return { ...answer, isDone: true, text: t(done) };
  } catch (error) {
    refresh(); // Somebody else, or the fact itself, may have been faster.
    return { ...answer, isDone: false, text: refusalText(await getLocale(), error) };
  }
}

async function deed(form: FormData, by: Person) {
  const alarmId = idIn(form, "alarmId");
  if (alarmId === null) throw new AppError("malformed");
  switch (textOf(form, "form").split(":")[0]) {
    case "acknowledge": {
      const isFirst = await acknowledgeAlarm(shop(), { alarmId, by, note: textOf(form, "note") });
      return isFirst ? "acknowledged" : "acknowledgedBefore";
    }
    case "assign": {
      const isChanged = await assignAlarm(shop(), { alarmId, by, to: idIn(form, "to") });
      return isChanged ? "assigned" : "assignedBefore";
    }
    case "resolve":
      await resolveAlarm(shop(), { alarmId, by, note: textOf(form, "note") });
      return "resolved";
    default:
      throw new AppError("malformed");
  }
}

function idIn(form: FormData, name: string): number | null {
  const text = textOf(form, name);
  if (text === "") return null;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new AppError("malformed");
  return Number(text);
}
