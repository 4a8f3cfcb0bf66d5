import type { AuditAction } from "./write-entry";

/** "refund.approve" is told by `desk.audit.refund_approve`: a dot would be a level of the catalogue. */
type KeyOf<Action> = Action extends `${infer Subject}.${infer Verb}` ? `${Subject}_${Verb}` : never;

export function actionKey(action: AuditAction): KeyOf<AuditAction> {
  return action.replace(".", "_") as KeyOf<AuditAction>;
}
