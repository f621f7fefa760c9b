import { readFileSync } from 'node:fs'

export interface Panel {
  type: string
  title: string
  description?: string
  fieldConfig?: { defaults: { unit?: string } }
  targets?: { expr: string; instant: boolean }[]
}

export interface Dashboard {
  panels: Panel[]
  annotations: { list: { name: string; expr: string }[] }
  templating: { list: { name: string; query: unknown }[] }
}

const file = new URL('../../../deploy/grafana/dashboards/chatgauge.json', import.meta.url)

export const dashboard = JSON.parse(readFileSync(file, 'utf8')) as Dashboard

/** Every query of panels and annotations, by the name of its place. */
export const queries: readonly { where: string; expr: string }[] = [
  ...dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ where: title, expr }))),
  ...dashboard.annotations.list.map(({ name, expr }) => ({ where: `annotation ${name}`, expr })),
]

/** As Grafana fills in its variables. */
export function filledIn(expr: string, { run, window }: { run: string; window: string }): string {
  const filled = expr.replaceAll('$__rate_interval', window).replaceAll('$run', run)
  if (filled.includes('$')) throw new Error(`a variable is left in ${filled}`)
  return filled
}
