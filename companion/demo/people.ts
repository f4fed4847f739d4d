/** Who the demo is about, and with whom they work. None of them exists. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

export const ROBIN: Person = { name: 'Robin Marsh', email: 'robin@example.org' };
export const INES: Person = { name: 'Ines Okafor', email: 'ines@example.org' };
export const TOMAS: Person = { name: 'Tomas Lind', email: 'tomas@example.org' };
export const MAYA: Person = { name: 'Maya Chen', email: 'maya@example.org' };

/** Who looks at what. */
export const REVIEWERS = {
  tern: INES,
  harbor: MAYA,
  packrat: TOMAS,
  handbook: TOMAS,
} as const;

/** People who report things. */
export const REPORTERS = [
  'Lena from the rowing club',
  'a user in Brno',
  'Bo, who imports price lists',
  'the treasurer',
  'a coach',
  'somebody called dkraft',
  'an archive in Turku',
  'Priya',
  'the boathouse',
  'Marc, who has 31 GB of photos',
] as const;
