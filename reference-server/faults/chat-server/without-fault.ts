import type { WithoutFault } from '../without-fault.ts'

export const withoutFault: WithoutFault = {
  reasons: [
    { because: 'about the load that the suite makes: a server cannot break them', rules: ['CS-130', 'CS-132'] },
  ],
  still: '',
}
