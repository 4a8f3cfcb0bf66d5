import type { Recipient } from "@/lib/orders/recipient";

/** Personal data as the desk shows it until somebody with the right reveals it. */

export function maskName(name: string): string {
  const [first = ""] = [...name];
  return `${first}＊＊`;
}

/** The first three digits name the network, the last four are what a caller is asked for. */
export function maskPhone(phone: string): string {
  return phone.length < 8 ? "＊＊＊＊" : `${phone.slice(0, 3)}＊＊＊＊${phone.slice(-4)}`;
}

export function maskOpenid(openid: string): string {
  return openid.length < 12 ? "＊＊＊＊" : `${openid.slice(0, 4)}＊＊＊＊${openid.slice(-4)}`;
}

/** Province, city and district stay: they decide the carrier, and many people live there. */
export function maskRecipient(recipient: Recipient): Recipient {
  return {
    ...recipient,
    name: maskName(recipient.name),
    phone: maskPhone(recipient.phone),
    address: "＊＊＊＊＊＊",
  };
}
