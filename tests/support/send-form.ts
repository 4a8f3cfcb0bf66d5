/**
 * Sends a form of a page of the desk as the page's script does, with some fields changed by hand: what somebody may
 * try who has no button for it. `form` is the hidden field by which the page's action knows it, `as` who sends it when
 * that is not who sees the form.
 */
export async function sendForm(of: {
  url: string;
  cookie: string;
  as?: string;
  form: string;
  but: Record<string, string>;
}): Promise<Response> {
  const page = await fetch(of.url, { headers: { cookie: of.cookie } });
  const forms = ((await page.text()).match(/<form[\s\S]*?<\/form>/g) ?? []).map(fieldsOf);
  const mine = forms.find((fields) => fields.form === of.form);
  const action = /"id":"([0-9a-f]+)"/.exec(Object.values(mine ?? {}).join("\n"))?.[1];
  if (!mine || !action) throw new Error(`the page has no form ${of.form}`);
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...mine, ...of.but }))
    if (!name.startsWith("$")) body.append(`_1_${name}`, value);
  body.append("0", JSON.stringify([null, "$K1"])); // The action's arguments: no answer yet, and the form.
  const headers = { cookie: of.as ?? of.cookie, origin: new URL(of.url).origin, "next-action": action };
  return fetch(of.url, { method: "POST", redirect: "manual", body, headers });
}

function fieldsOf(form: string): Record<string, string> {
  const inputs = [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(([tag]) => tag);
  const attribute = (tag: string, name: string) =>
    plain(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
  return Object.fromEntries(inputs.map((tag) => [attribute(tag, "name"), attribute(tag, "value")]));
}

function plain(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");
}
