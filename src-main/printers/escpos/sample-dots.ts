/** Line 3 of the code-page check as dots, packed. */
export const sampleDots = {
  width: 320,
  height: 24,
  packed: [
    'hdOxbt4gEMDxPyUyHSy8MpC4j+CRKc6jeOrMA0QNUoZsnTv0YS7K3rwCW1ePHj59tNikSSpVZbGxfj6O44D/DPduFoRJg0og7114',
    '/WM8Ex/FmcPl9246HkPCjmfyc/L2cMv+vVcrwza8TJkznetUPtP3f1w03JqNYZtlT0NxEVa0s+ZnphQxpTyVshEMJ+vpa9p1qGQ/',
    'RRjP9rMsb53FX1h64pGsEl/zdJZFFhExKklQCd/jsXiWll0ORHAdS8ki0qkkTid6j6erLqq1uhh3Z1nupJTdeQ02tHg5mtNexExm',
    'Hs/cQHO9ATPtbsw5dj1XcClGGJ2mFNq6tgMdqbsd1zz1luta5UHQ7v6N6yzoTM3wY8hT3zGDQWW0+4FoHkWMTqI9zGd8bQCfJ98d',
    '8Yhod8vjfauz6G+1oPjaAD7H/ZVLIaBdqE4J1amt1hVfC3G4Y7/Vfa8OoebH2uLl326Jnla/gB6/8rTHq32gmqtTvyz9y3kE9LXm',
    'SZtS1up0W1cncHGx7XxjxEwfeIi6ueHqcAY/hSkPF3u/dHeZQeDqy97wKnFtEkpUeS5+Xmc5zg1GIZSSTkNqbtPrixvymPTp9QbM',
    '5SHrfDid2f59+QzcHE6lv25iG78A',
  ].join(''),
}
