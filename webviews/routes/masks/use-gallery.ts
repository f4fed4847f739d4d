import type {
  AdviserDetails,
  Drift,
  Mask,
  MaskOffer,
  MaskTrace,
  Proposal,
} from '../../../companion/protocol/index.ts';
import { useLive } from '../../data/use-live.ts';
import { concernsCouncil } from '../council/use-council.ts';

export interface GalleryMask extends Mask {
  readonly drift: Drift | null;
  readonly history: AdviserDetails['history'];
}

export interface Gallery {
  readonly masks: readonly GalleryMask[];
  readonly offers: readonly MaskOffer[];
  /** What was voted on, for the filter by thread. */
  readonly proposals: readonly Proposal[];
}

const ASKED = 200;

/** All masks with how they did, and those that could be made of a note. */
export function useGallery() {
  return useLive<Gallery>(
    'gallery',
    async (api, signal) => {
      const [masks, offers, proposals] = await Promise.all([
        api.advisers.list({}, { signal }),
        api.advisers.offers({}, { signal }),
        api.council.list({ limit: ASKED }, { signal }),
      ]);
      // A card without a word on its drift, or without its chart, is better than no card.
      const rich = masks.map(async (mask): Promise<GalleryMask> => {
        const [drifts, details] = await Promise.all([
          api.drift.get({ id: mask.id, limit: 1 }, { signal }).catch(() => []),
          api.advisers.details({ id: mask.id }, { signal }).catch(() => null),
        ]);
        return { ...mask, drift: drifts[0] ?? null, history: details?.history ?? [] };
      });
      return { masks: await Promise.all(rich), offers, proposals };
    },
    concernsCouncil,
  );
}

/** One mask, whole, with how it came to be what it is. */
export function useAdviser(id: string) {
  return useLive<AdviserDetails & { trace: MaskTrace | null }>(
    `adviser ${id}`,
    async (api, signal) => {
      const details = await api.advisers.details({ id }, { signal });
      const trace = await api.masks.trace({ mask: details.key }, { signal }).catch(() => null);
      return { ...details, trace };
    },
    concernsCouncil,
  );
}
