import type { SearchResult } from '../../schemas/generated/types.ts'

/**
 * What the nodes can push when each posts one after the other without a pause, from the service time of the same trials.
 * @returns undefined where the target tells none, or where the number of its nodes is not known.
 */
export function rateOfService({ answer, target, vary }: SearchResult): number | undefined {
  const service = answer?.pushServiceMeanMs
  if (vary !== 'pushes' || service === undefined || service === 0 || target.gmsNodes === undefined) return undefined
  return (target.gmsNodes * 1000) / service
}
