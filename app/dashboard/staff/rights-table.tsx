import { useTranslations } from "next-intl";
import { type StaffRole, staffRoles } from "@/lib/db/schema/staff";
import { isAllowed, type Permission, permissions } from "@/lib/staff/rights";
import { Cell, Ledger, Row } from "../parts/ledger";
import { Mark } from "../parts/mark";

type KeyOf<T extends string> = T extends `${infer Noun}.${infer Verb}` ? `${Noun}_${Verb}` : never;

/** A right in words. */
export function useRightText(): (permission: Permission) => string {
  const t = useTranslations("staff.rights");
  return (permission) => t(`${permission.replace(".", "_") as KeyOf<Permission>}`);
}

/** Who may do what. On a phone each right is one card of two lines: what, and who. */
export function RightsTable() {
  const t = useTranslations("staff");
  const role = useTranslations("desk.roles");
  const textOf = useRightText();
  return (
    <Ledger
      label={t("rightsTitle")}
      columns={[{ label: t("right") }, ...staffRoles.map((one) => ({ label: role(one) }))]}
    >
      {permissions.map((permission) => (
        <Row key={permission}>
          <Cell>
            {textOf(permission)}
            <div className="text-s text-soft min-[720px]:hidden">
              {staffRoles
                .filter((one) => isAllowed(one, permission))
                .map((one) => role(one))
                .join(t("and"))}
            </div>
          </Cell>
          {staffRoles.map((one) => (
            <RightCell key={one} role={one} permission={permission} />
          ))}
        </Row>
      ))}
    </Ledger>
  );
}

function RightCell({ role, permission }: { role: StaffRole; permission: Permission }) {
  const t = useTranslations("staff");
  const name = useTranslations("desk.roles");
  const may = isAllowed(role, permission);
  return (
    <Cell label={name(role)} className="max-[719px]:hidden">
      {may ? (
        <Mark shape="full" tone="plain">
          {t("may")}
        </Mark>
      ) : (
        <>
          <span aria-hidden="true" className="text-soft">
            –
          </span>
          <span className="zg-visually-hidden">{t("mayNot")}</span>
        </>
      )}
    </Cell>
  );
}
