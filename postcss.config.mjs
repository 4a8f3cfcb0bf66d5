/** Tailwind, for the style sheets that ask for it (the desk's). */
export default { plugins: { "@tailwindcss/postcss": {} } };
