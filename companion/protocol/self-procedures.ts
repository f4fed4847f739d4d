/** About the companion's self and what it makes of the user: moods, heritage, onboarding, beliefs, patterns, dreams. */
export const selfProcedures = {};
