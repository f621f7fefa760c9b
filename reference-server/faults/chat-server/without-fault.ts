import type { WithoutFault } from '../without-fault.ts'

export const withoutFault: WithoutFault = {
  reasons: [
    { because: 'about the load that the suite makes: a server cannot break them', rules: ['CS-130', 'CS-132'] },
  ],
  still: `
    CS-060 CS-062 CS-063 CS-064 CS-066 CS-067 CS-069 CS-070 CS-071 CS-073
    CS-100 CS-101 CS-102 CS-103 CS-104 CS-106
  `,
}
