/** A key as it is printed on the keyboard: `F4`, `Ctrl+Enter`. */
export function KeyCap({ keys }: { keys: string }) {
  return (
    <kbd className="key-cap">
      {keys.split(/(?<=.)\+(?=.)/).map((key) => (
        <span key={key}>{key === 'Enter' ? '↵' : key}</span>
      ))}
    </kbd>
  )
}
