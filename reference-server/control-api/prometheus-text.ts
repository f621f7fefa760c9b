import type { Gauges } from './gauges.ts'

/** The gauges in the Prometheus text format, one metric name per gauge, actors as labels. */
export function prometheusText(gauges: Gauges): string {
  const lines: string[] = []
  const add = (prefix: string, label: string, byActor: Record<string, Record<string, number>>) => {
    const names = new Set(Object.values(byActor).flatMap(Object.keys))
    for (const name of names) {
      const metric = `chatgauge_${prefix}_${snakeCase(name)}`
      lines.push(`# TYPE ${metric} gauge`)
      for (const [actor, values] of Object.entries(byActor)) {
        const value = values[name]
        if (value !== undefined) lines.push(`${metric}${label ? `{${label}="${actor}"}` : ''} ${value}`)
      }
    }
  }
  add('gms_node', 'node', gauges.gmsNodes)
  add('chat_server', 'alias', gauges.chatServers)
  add('agent', '', { '': gauges.agent })
  add('file_store', '', { '': gauges.files })
  add('process', '', { '': { ...gauges.process } })
  return `${lines.join('\n')}\n`
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}
