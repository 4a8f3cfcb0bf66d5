/** The shop's address (its SITE_URL), without a slash at the end: https, and listed as a request 合法域名. */
export const shopUrl = "https://shop.example.com";
