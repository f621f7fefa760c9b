export function mebibytes(bytes: number): string {
  const value = bytes / 2 ** 20
  return `${Math.abs(value) < 10 ? value.toFixed(1) : Math.round(value)} MiB`
}
