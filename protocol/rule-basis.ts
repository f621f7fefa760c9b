/**
 * Basis of each rule that says something about a target: D documented, O observed in client code, X a decision of this
 * project, DX and DO documented at the core. Rules that are not listed are D.
 */
const notDocumented = {
  X: {
    CV2: '002 005 006 008 009 012 013 033 035 052 055 062 066 073 076 082 086 089 092 095 099 103 104 105 107 113 114 119 120 122 124 127 133 134 136 140 142 143 148 150 151 161 172 174 176 180 182 183 187 193 194',
    PUSH: '026 031 032 035 036 041 058 059 061 074 076 078 081 093 102 112 113 121 125 127',
    CS: '009 012 013 014 044 046 055 056 057 067 068 069 070 073 085 091 092 093 094 095 101 104 106 114 115 123 124 125',
    BX: '010 011 070 132',
  },
  O: {
    CV2: '010 011 014 028 029 030 036 037 038 039 057 078 080 081 083 084 168 169 170 181',
    BX: '001 004 005 007 008 009 012 022 023 027 029 040 041 042 043 044 045 047 048 049 050 062 064 065 066 067 068 069 071 073 074 082 083 084 085 090 091 092 093 094 100 101 111 112 113 114 116 117 120 121 122 124 131 133 134 135 141 143 144 145 146 147 148 149 150 151 152 153 154 155 161 162 163 175 180 181 182 183 184',
  },
  DX: {
    CV2: '007 015 025 034 058 065 079 087 106 108 123 130 132 139 141 145 152 158 167 171 177 185 186 191',
    PUSH: '005 021 023 028 029 045 048 051 060 073 080 082 095 103 105 106 131 134 135',
    CS: '007 008 011 016 031 032 043 047 064 071 083 084 097 102 121 132',
    BX: '172',
  },
  DO: {
    CV2: '001 026 050 056 059 077 085 178',
    BX: '002 006 024 025 028 030 051 086 087 115 123 130',
  },
} as const

export type RuleBasis = 'D' | keyof typeof notDocumented

const basisByRule = new Map<string, RuleBasis>(
  Object.entries(notDocumented).flatMap(([basis, areas]) =>
    Object.entries(areas).flatMap(([area, numbers]) =>
      numbers.split(' ').map(number => [`${area}-${number}`, basis as RuleBasis] as const),
    ),
  ),
)

export function basisOf(rule: string): RuleBasis {
  return basisByRule.get(rule) ?? 'D'
}
