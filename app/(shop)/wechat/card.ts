/** What WeChat shows of a page that a buyer sends on. Addresses are absolute; `picture` may be empty. */
export type Card = { title: string; text: string; link: string; picture: string };
