/** `npm run staff -- add EMAIL --role ROLE [--name NAME] [--password-stdin]`: an account of the desk, or a new link for one. */
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { z } from "zod";
import { migrateDatabase } from "@/lib/db/migrate";
import { staffRoles } from "@/lib/db/schema/staff";
import { addStaff } from "@/lib/staff/add-staff";
import { findPasswordProblem } from "@/lib/staff/password";
import { CommandError, runWithShop } from "@/scripts/command/with-shop";

const usage = `Usage: npm run staff -- add EMAIL --role ${staffRoles.join("|")} [--name NAME] [--password-stdin]`;
const passwordProblems = {
  too_short: "The password must have at least 10 characters.",
  too_long: "The password must have at most 200 characters.",
  is_email: "The password must not be the email address.",
  too_common: "This password is on every guesser's list.",
} as const;

const Command = z.object({
  email: z
    .email("EMAIL is not an email address.")
    .max(200)
    .transform((email) => email.toLowerCase()),
  role: z.enum(staffRoles, `--role must be one of ${staffRoles.join(", ")}.`),
  name: z
    .string()
    .trim()
    .min(1, "--name must not be empty.")
    .max(50, "--name must have at most 50 characters.")
    .optional(),
});

await runWithShop(async (shop) => {
  const { withPassword, ...account } = readCommand();
  const password = withPassword ? await readPassword(account.email) : null;
  await migrateDatabase(shop.environment.directDatabaseUrl); // This may be the first command of a new shop.
  const { isNew, inviteToken, roleBefore } = await addStaff(shop, account, password);

  const { email, role } = account;
  const changed = roleBefore === role ? "" : ` (was ${roleBefore})`;
  console.log(`${isNew ? "Added" : "Updated"} ${email} as ${role}${changed}.`);
  if (inviteToken) {
    console.log("To choose a password, open this once within 24 hours:");
    console.log(`${shop.environment.siteUrl}/invite/${inviteToken}`);
  }
});

function readCommand() {
  const { positionals, values } = parse();
  if (positionals[0] !== "add" || positionals.length !== 2) throw new CommandError(usage);
  const command = Command.safeParse({ email: positionals[1], role: values.role, name: values.name });
  if (!command.success) throw new CommandError(`${command.error.issues[0]?.message}\n${usage}`);
  return { ...command.data, withPassword: values["password-stdin"] ?? false };
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { role: { type: "string" }, name: { type: "string" }, "password-stdin": { type: "boolean" } },
    });
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

async function readPassword(email: string): Promise<string> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, "");
  const problem = findPasswordProblem(password, email);
  if (problem) throw new CommandError(passwordProblems[problem]);
  return password;
}
