import en from "@/messages/en/shop.json";
import zh from "@/messages/zh-CN/shop.json";

/** What a buyer reads: tests look for the words of the catalogue, so that they hold in both languages. */
export const words = { "zh-CN": zh, en };
export type Words = typeof zh;
