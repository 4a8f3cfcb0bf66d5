import type { Answer } from "@/lib/sandbox/answer";
import { html } from "@/lib/sandbox/html";
import { appKind } from "@/lib/sandbox/open-api/check-app";
import { issueCode } from "@/lib/sandbox/open-api/codes";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import type { Text } from "@/lib/sandbox/web/language";
import { page, redirect } from "@/lib/sandbox/web/page";
import { readHttpUrl } from "@/lib/sandbox/web/return-address";
import type { Visit } from "@/lib/sandbox/web/visit";

const order = ["appid", "redirect_uri", "response_type", "scope", "state", "connect_redirect"];

/**
 * GET /connect/oauth2/authorize: sends the browser straight back with a code for the buyer of this browser,
 * as snsapi_base does inside WeChat. Wants WeChat's parameters in WeChat's order.
 */
export function authorize(sandbox: Sandbox, visit: Visit): Answer {
  const query = visit.url.searchParams;
  const problem = whyNot(sandbox, query);
  if (problem) return showOauthProblem(visit, problem);
  const appId = query.get("appid") ?? "";
  const scope = query.get("scope") ?? "snsapi_base";
  const code = issueCode(sandbox, { purpose: "oauth", appId, buyer: visit.buyer, scope });
  const target = new URL(query.get("redirect_uri") ?? "");
  target.searchParams.set("code", code);
  target.searchParams.set("state", query.get("state") ?? "");
  return { ...redirect(target.href), status: 302 };
}

function whyNot(sandbox: Sandbox, query: URLSearchParams): Text | null {
  const names = [...query.keys()];
  if (names.some((name, index) => name !== order[index]) || names.length < 4) return problems.form;
  if (appKind(sandbox, query.get("appid") ?? "") !== "official") return problems.appid;
  if (query.get("response_type") !== "code") return problems.form;
  if (!["snsapi_base", "snsapi_userinfo"].includes(query.get("scope") ?? "")) return problems.scope;
  if (!/^[a-zA-Z0-9]{0,128}$/.test(query.get("state") ?? "")) return problems.state;
  return readHttpUrl(query.get("redirect_uri")) ? null : problems.redirect;
}

const problems = {
  form: {
    zh: "参数错误：需依次为 appid、redirect_uri、response_type=code、scope、state",
    en: "Wrong parameters: WeChat wants appid, redirect_uri, response_type=code, scope, state, in this order",
  },
  appid: { zh: "appid 无效（10004）", en: "The appid is not the sandbox's official account (10004)" },
  scope: { zh: "Scope 参数错误或没有 Scope 权限（10005）", en: "The scope is wrong or not granted (10005)" },
  state: {
    zh: "state 只能是至多 128 位字母和数字",
    en: "state may be at most 128 letters and digits",
  },
  redirect: { zh: "redirect_uri 参数错误（10003）", en: "The redirect_uri is wrong (10003)" },
} as const satisfies Record<string, Text>;

function showOauthProblem(visit: Visit, problem: Text): Answer {
  const title = visit.language === "zh" ? "网页授权失败" : "Sign-in refused";
  const body = html`<section class="card result"><h1>${title}</h1><p>${problem[visit.language]}</p></section>`;
  return page(visit, { title, body, width: "narrow", status: 400 });
}
