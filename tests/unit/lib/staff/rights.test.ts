import { describe, expect, test } from "vitest";
import { type StaffRole, staffRoles } from "@/lib/db/schema/staff";
import { isAllowed, type Permission, permissions } from "@/lib/staff/rights";

/** Written out a second time on purpose: a right given by a slip of the hand fails here. */
const expected: Record<Permission, StaffRole[]> = {
  "orders.read": ["owner", "finance", "fulfilment", "support"],
  "orders.ship": ["owner", "fulfilment"],
  "orders.note": ["owner", "finance", "fulfilment", "support"],
  "orders.evidence": ["owner", "finance", "support"],
  "deadlines.move": ["owner", "fulfilment"],
  "members.read": ["owner", "finance", "fulfilment", "support"],
  "members.edit": ["owner", "support"],
  "members.erase": ["owner"],
  "members.reveal": ["owner", "fulfilment", "support"],
  "money.read": ["owner", "finance"],
  "money.settle": ["owner", "finance"],
  "refunds.read": ["owner", "finance", "fulfilment", "support"],
  "refunds.receive": ["owner", "finance", "fulfilment"],
  "refunds.pay": ["owner", "finance"],
  "refunds.request": ["owner", "finance", "support"],
  "refunds.approve": ["owner", "finance"],
  "notifications.read": ["owner", "finance", "support"],
  "alarms.read": ["owner", "finance", "fulfilment", "support"],
  "alarms.handle": ["owner", "finance", "fulfilment", "support"],
  "notifications.replay": ["owner", "finance"],
  "products.read": ["owner", "finance", "fulfilment", "support"],
  "products.edit": ["owner"],
  "stock.adjust": ["owner", "fulfilment"],
  "lists.export": ["owner", "finance"],
  "audit.read": ["owner", "finance"],
  "settings.read": ["owner", "finance"],
  "settings.change": ["owner"],
  "setup.read": ["owner", "finance"],
  "staff.manage": ["owner"],
  "account.edit": ["owner", "finance", "fulfilment", "support"],
};

const pairs = staffRoles.flatMap((role) => permissions.map((permission) => ({ role, permission })));

describe("rights", () => {
  test.each(pairs)("$role and $permission are as the merchant agreed", ({ role, permission }) => {
    expect(isAllowed(role, permission)).toBe(expected[permission].includes(role));
  });

  test("whoever asks for a refund without being owner or finance cannot approve one", () => {
    const askers = staffRoles.filter((role) => isAllowed(role, "refunds.request"));

    expect(askers.filter((role) => isAllowed(role, "refunds.approve"))).toEqual(["owner", "finance"]);
  });
});
