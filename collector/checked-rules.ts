/**
 * Rules that every answer, push and notification of a run is held against: those of the schemas and those of the checks. A test
 * compares the list with both.
 */
const checkedByArea = {
  BX: '003 020 021 022 026 030 031 042 047 060 080 082 100 111 142 170 171 172 173',
  CS: '021 024 061 064 065 072 073 100 101',
  CV2: '007 020 021 023 024 025 026 027 028 029 030 031 035 050 051 052 053 054 055 056 057 058 059 061 062 065 070 071 078 079 080 083 084 085 087 088 094 096 100 101 108 111 116 117 119 120 127 129 131 145 162 163 165 166 178 182',
  PUSH: '021 022 023 032 034 035 040 042 043 044 045 046 051 054 055 056 057 058 059 061 070',
}

export const checkedRules: readonly string[] = Object.entries(checkedByArea).flatMap(([area, numbers]) =>
  numbers.split(' ').map(number => `${area}-${number}`),
)
