import type { Case } from '../../case.ts'

export interface DocumentedValues {
  /** As the list of options shows it; '' = none. */
  byDefault: string
  /** In force at once, bounds first. */
  valid?: readonly string[]
  /** In force after a restart. */
  whenRestarted?: readonly string[]
  /** The default holds, with a warning. */
  invalid?: readonly string[]
}

/** A case for the values that the documentation names: default, what is valid (bounds included), what is not. */
export function documentedValues(
  rule: Case['rules'][0],
  section: string,
  option: string,
  { byDefault, valid = [], whenRestarted = [], invalid = [] }: DocumentedValues,
  slug = 'values',
): Case {
  const refused = invalid.length === 0 ? '' : `, refuses ${invalid.map(value => value || 'nothing').join(', ')}`
  return {
    id: `${rule as `${string}-${number}`}/${slug}`,
    title: `${option} is ${byDefault || 'absent'} by default${refused}`.slice(0, 130),
    rules: [rule],
    needs: ['configuration'],
    async run({ server, must }) {
      const row = async () => (await server.options()).find(each => each.section === section && each.option === option)
      await server.set(section, option, undefined)
      const byItself = (await row())?.value
      must.be(byItself === byDefault, `${option} to be ${byDefault || 'absent'} by default`, byItself)
      for (const value of [...valid, ...whenRestarted]) {
        const isPending = whenRestarted.includes(value)
        const told = await server.set(section, option, value)
        const when = isPending ? 'wait for a restart' : 'be in force'
        must.be(told.kind === (isPending ? 'pending' : 'in-force'), `${option}=${value} to ${when}`, told)
        const { value: inForce, pending } = (await row())!
        must.equal(isPending ? pending : inForce, value)
      }
      for (const value of invalid) {
        const told = await server.set(section, option, value)
        must.be(told.kind === 'warned', `${option}=${value} to be refused with a warning`, told)
        const { value: inForce, pending } = (await row())!
        must.equal(pending ?? inForce, byDefault)
      }
    },
  }
}
