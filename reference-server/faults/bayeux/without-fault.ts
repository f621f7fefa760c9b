import type { WithoutFault } from '../without-fault.ts'

export const withoutFault: WithoutFault = {
  reasons: [
    {
      because: 'about clients that are not ours, which no fault of a server can show one by one',
      rules: ['BX-180', 'BX-181', 'BX-182', 'BX-184'],
    },
    { because: "about the suite's own client", rules: ['BX-174'] },
  ],
  still: `
    BX-001 BX-002 BX-003 BX-004 BX-005 BX-007 BX-009 BX-010 BX-012 BX-014 BX-020 BX-021 BX-022 BX-026
    BX-028 BX-029 BX-030 BX-031 BX-040 BX-041 BX-042 BX-046 BX-047 BX-048 BX-049 BX-050 BX-060 BX-061
    BX-062 BX-063 BX-064 BX-065 BX-067 BX-068 BX-071 BX-072 BX-074 BX-080 BX-081 BX-082 BX-083 BX-085
    BX-087 BX-088 BX-089 BX-090 BX-094 BX-100 BX-110 BX-111 BX-112 BX-113 BX-115 BX-117 BX-120 BX-121
    BX-122 BX-130 BX-131 BX-132 BX-134 BX-140 BX-142 BX-143 BX-144 BX-145 BX-146 BX-147 BX-149 BX-150
    BX-151 BX-154 BX-164 BX-170 BX-171 BX-172 BX-173
  `,
}
