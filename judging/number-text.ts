/** 18204 → '18,204'; three significant digits below 100, whole numbers above. */
export function numberText(value: number): string {
  const rounded = Math.abs(value) >= 100 || Number.isInteger(value) ? Math.round(value) : Number(value.toPrecision(3))
  const [whole, fraction] = String(rounded).split('.')
  const grouped = whole!.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** 'once', 'twice', '1,200 times'. */
export function timesText(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${numberText(count)} times`
}
