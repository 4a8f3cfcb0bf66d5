/** Why a message was refused, in the very words WeChat was answered with: English, whatever the reader's language. */
export function Reason({ text }: { text: string | null }) {
  return (
    text && (
      <span lang="en" className="zg-code block max-w-[30em] text-s text-soft">
        {text}
      </span>
    )
  );
}
