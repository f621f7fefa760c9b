/** Lines of cells below each other; columns of numbers are flush right. All rows have as many cells as the first. */
export function alignedLines(rows: readonly (readonly string[])[], isNumber: (column: number) => boolean): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
  const cellText = (cell: string, column: number) =>
    isNumber(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)
  return rows.map(row => row.map(cellText).join('  ').trimEnd())
}
