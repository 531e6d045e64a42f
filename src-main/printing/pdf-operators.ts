/** How numbers and colours are written in a PDF. */

export function formatNumber(value: number): string {
  const rounded = Math.round(value * 1000) / 1000
  return String(Object.is(rounded, -0) ? 0 : rounded)
}

const colors = new Map<string, string>()

/** `#rrggbb` or `#rgb` (or black, white) as PDF colour components. */
export function pdfColor(color: string): string {
  let components = colors.get(color)
  if (!components) {
    const named = { black: '#000000', white: '#ffffff' }[color] ?? color
    const hex = named.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3')
    if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new Error(`not a colour: ${color}`)
    components = [1, 3, 5]
      .map((at) => formatNumber(Number.parseInt(hex.slice(at, at + 2), 16) / 255))
      .join(' ')
    colors.set(color, components)
  }
  return components
}
