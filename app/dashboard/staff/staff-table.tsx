import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ListedStaff } from "@/lib/staff/list-staff";
import { Cell, Ledger, Row } from "../parts/ledger";
import { ShortMoment } from "../parts/times";
import { AccountMark } from "./account-mark";
import { staffHref } from "./staff-href";

type Props = { people: ListedStaff[]; viewerId: number; clock: { timeZone: string; now: Date } };

export function StaffTable({ people, viewerId, clock }: Props) {
  const t = useTranslations("staff");
  const role = useTranslations("desk.roles");
  const columns = ["person", "role", "standing", "totp", "lastSignIn", "since"] as const;
  return (
    <Ledger label={t("list")} columns={columns.map((column) => ({ label: t(`columns.${column}`) }))}>
      {people.map((person) => (
        <Row key={person.id}>
          <Cell>
            <Link className="font-semibold" href={staffHref(person.id)} prefetch={false}>
              {person.name}
            </Link>
            {person.id === viewerId && <span className="text-s text-soft"> · {t("you")}</span>}
            <div className="text-s text-soft">{person.email}</div>
          </Cell>
          <Cell label={t("columns.role")}>
            <span className="whitespace-nowrap">{role(person.role)}</span>
          </Cell>
          <Cell label={t("columns.standing")}>
            <AccountMark standing={person.standing} />
            {person.standing === "locked" && person.lockedUntil && (
              <div className="whitespace-nowrap text-s text-soft">
                {t.rich("lockedUntil", {
                  at: () => <ShortMoment at={person.lockedUntil ?? clock.now} {...clock} />,
                })}
              </div>
            )}
          </Cell>
          <Cell label={t("columns.totp")}>
            <span className={`whitespace-nowrap ${person.hasTotp ? "" : "text-soft"}`}>
              {t(person.hasTotp ? "on" : "off")}
            </span>
          </Cell>
          <Cell label={t("columns.lastSignIn")}>
            {person.lastSignInAt ? (
              <ShortMoment at={person.lastSignInAt} {...clock} />
            ) : (
              <span className="text-soft">{t("never")}</span>
            )}
          </Cell>
          <Cell label={t("columns.since")}>
            <ShortMoment at={person.createdAt} {...clock} />
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}
