/** Where a WebSocket is asked for: the triggers of a shard, or the observations for a collector. */
export type SocketPlace = { kind: 'shard'; run: string; shard: number } | { kind: 'collector'; run: string | undefined }

/** @returns undefined when there is nothing at this place. */
export function socketPlace(path: string): SocketPlace | undefined {
  const [place, query] = path.split('?', 2)
  const parameters = new URLSearchParams(query)
  const run = parameters.get('run') || undefined
  if (place === '/observations') return { kind: 'collector', run }
  const shard = Number(parameters.get('shard') ?? Number.NaN)
  const isShard = place === '/triggers' && run !== undefined && Number.isSafeInteger(shard)
  return isShard ? { kind: 'shard', run, shard } : undefined
}
