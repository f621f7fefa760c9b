import type { RunOptions } from './table.ts'

/** The shards that a run uses when none are asked for: one VU carries some thousand sparse sessions. */
export function shardsOf(options: RunOptions): number {
  return Math.min(options.sessions, options.shards ?? Math.min(16, Math.max(2, Math.ceil(options.sessions / 1_000))))
}

/**
 * Numbers of the shards that this generator runs: all of them, or with `--part K/N` every N-th. What a shard does follows
 * from the seed, its number and the number of all shards, so the parts together do what one generator would.
 */
export function ownShards({ part = { number: 1, of: 1 } }: Pick<RunOptions, 'part'>, shards: number): number[] {
  return Array.from({ length: shards }, (_, shard) => shard).filter(shard => shard % part.of === part.number - 1)
}
