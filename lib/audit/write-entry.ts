import type { Db, Tx } from "@/lib/db/connect";
import { auditEntries } from "@/lib/db/schema/audit";

export type AuditEntry = {
  /** Who; null for somebody at the machine's own command line. */
  staffId: number | null;
  /** What was done, as subject and verb: "staff.invite", "order.reveal". A key of `desk.audit.actions`. */
  action: AuditAction;
  subject:
    | "staff"
    | "order"
    | "permission"
    | "refund"
    | "receipt"
    | "setting"
    | "delivery"
    | "report"
    | "batch"
    | "variant"
    | "alarm"
    | "product"
    | "category"
    | "member"
    | "notification"
    | "export"
    | "view"
    | "audit";
  subjectId: string | number;
  orderId?: number | null;
  /** Where the request came from. */
  address?: string | null;
  at: Date;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

export const auditActions = [
  "staff.add",
  "staff.invite",
  "staff.password",
  "staff.sign_in",
  "staff.lock",
  "staff.refused",
  "order.reveal",
  "refund.request",
  "refund.first_approve",
  "refund.approve",
  "refund.reject",
  "refund.undo",
  "refund.ask_return",
  "refund.receive_return",
  "refund.refuse_return",
  "refund.try_again",
  "refund.record_payout",
  "refund.give_up",
  "receipt.tie",
  "receipt.give_back",
  "setting.change",
  "delivery.ship",
  "delivery.correct",
  "delivery.fail",
  "delivery.void",
  "delivery.replace",
  "report.send_again",
  "report.give_up",
  "order.move_deadline",
  "order.assign",
  "batch.apply",
  "batch.undo",
  "variant.set_content",
  "variant.add_codes",
  "alarm.acknowledge",
  "alarm.assign",
  "alarm.resolve",
  "staff.rename",
  "staff.change_role",
  "staff.disable",
  "staff.enable",
  "staff.end_sessions",
  "staff.turn_totp_on",
  "staff.turn_totp_off",
  "staff.renew_codes",
  "staff.use_recovery_code",
  "staff.confirm",
  "order.note",
  "order.evidence",
  "notification.replay",
  "product.create",
  "product.edit",
  "product.put_on_sale",
  "product.take_off_sale",
  "category.create",
  "category.rename",
  "category.move",
  "category.remove",
  "stock.adjust",
  "member.note",
  "member.tag",
  "member.block",
  "member.unblock",
  "member.reveal",
  "member.export",
  "member.erase",
  "list.export",
  "view.save",
  "view.delete",
  "audit.verify",
] as const;
export type AuditAction = (typeof auditActions)[number];

/**
 * Keeps who did what, in the transaction of the deed. Ids and plain facts only: no secrets, no personal data, and no text
 * that its own row keeps, because an entry can never be changed and the row's text can be erased with its member.
 */
export async function writeEntry(tx: Tx | Db, entry: AuditEntry): Promise<void> {
  await tx.insert(auditEntries).values({ ...entry, subjectId: String(entry.subjectId) });
}
