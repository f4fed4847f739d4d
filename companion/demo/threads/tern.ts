import type { Thread } from '../life-types.ts';

/** A parser of delimited text: quoting, encodings, streams. */
export const tern: readonly Thread[] = [
  {
    branch: 'fix/crlf-in-quotes',
    title: 'CRLF inside quoted fields',
    files: ['src/reader.ts', 'test/reader.test.ts'],
    symptom:
      'A CRLF inside a quoted field comes out as a bare LF, so addresses change when a file is read and written again.',
    cause: 'The reader normalises line ends before it knows whether it stands inside quotes.',
    fix: 'Line ends are now normalised between records only; a quoted field keeps every byte it had.',
    lesson: 'Anything that rewrites text before the tokenizer has run will rewrite data one day.',
    question: 'Does RFC 4180 say anything about line ends inside a quoted field?',
    answer:
      'It allows CRLF inside quotes and says nothing about changing it, so a reader that keeps the bytes is the only safe reading.',
    remark: 'Could the test write the file and compare bytes? A string comparison hid this for a year.',
    figure: 'Round trip of the 412 sample files: 9 differed before, 0 now.',
    commits: [
      'Keep line ends inside quoted fields',
      'Compare bytes in the round-trip tests',
      'Name the state after what it knows',
    ],
  },
  {
    branch: 'feature/dialect-sniffing',
    title: 'Guess the delimiter from the first rows',
    files: ['src/dialect.ts', 'test/dialect.test.ts'],
    symptom:
      'Semicolon files from German spreadsheets read as one wide column unless the caller names the delimiter.',
    cause: 'The default dialect was a constant; nothing looked at the text.',
    fix: 'Sniffing counts candidates per row over the first 64 rows and takes the one whose count varies least.',
    lesson:
      'The variance of the count tells more than the count: commas in prose are many but never regular.',
    question: 'How many rows should a delimiter sniffer look at?',
    answer:
      'Enough that one odd row cannot decide. With 64 rows the guess did not change any more in the sample set; with 10 it changed for 7 files.',
    remark: 'Please make it say why it chose: a wrong guess without a reason is worse than no guess.',
    figure: 'The right delimiter for 405 of 412 samples; the 7 others have a single column.',
    commits: [
      'Count candidates per row',
      'Choose the delimiter that varies least',
      'Tell why a dialect was chosen',
      'Leave single columns alone',
    ],
    decision: {
      question: 'Should tern guess the delimiter when nobody names one?',
      options: ['Guess, and say why', 'Ask the caller always', 'Guess only for .csv files'],
      choice: 0,
      why: 'Most bug reports are about a delimiter nobody thought to name. A guess with its reason can be checked; a silent default cannot.',
    },
  },
  {
    branch: 'fix/lone-quote',
    title: 'A stray quote in an unquoted field',
    files: ['src/tokens.ts', 'test/reader.test.ts'],
    symptom: 'A measure such as 5" in an unquoted field swallows the rest of the file.',
    cause: 'Every quote opened a quoted field, wherever it stood.',
    fix: 'A quote opens a field only as its first character; elsewhere it is text, with a warning that names the row.',
    lesson: 'Being lenient is fine as long as the warning has a row number.',
    question: 'What do other parsers do with a quote in the middle of an unquoted field?',
    answer:
      'Most take it as text. The strict ones fail with a position. Nobody who swallows the file does it on purpose.',
    remark:
      'I would keep a strict mode for our imports: a stray quote there means that the export is broken.',
    figure: 'The hardware price list from the issue has 2,318 rows again instead of 41.',
    commits: [
      'Open a quoted field at its start only',
      'Warn with the row of a stray quote',
      'Add strict mode',
    ],
  },
  {
    branch: 'refactor/token-states',
    title: 'Token states as a table',
    files: ['src/tokens.ts', 'src/reader.ts', 'test/dialect.test.ts'],
    symptom:
      'Each new dialect option adds a branch to a switch of 190 lines, and two of them contradict each other.',
    cause:
      'States and characters were matched in nested conditions, so the same pair was answered in three places.',
    fix: 'States times character classes are a table of 6 by 5 now; a dialect fills in its classes.',
    lesson: 'A table that fits on the screen ends discussions that a switch begins.',
    question: 'Is a table-driven tokenizer slower than a switch in V8?',
    answer:
      'Not measurably when the table is a flat typed array; with nested objects it was 18 % slower here.',
    remark: 'This is the first version of the tokenizer that I can review without running it.',
    figure: '190 lines became 74, and the quoting tests run at the same speed within 2 %.',
    commits: [
      'Put token states in a table',
      'Use a flat typed array for transitions',
      'Delete the old switch',
    ],
  },
  {
    branch: 'fix/utf16-bom',
    title: 'UTF-16 files with a byte order mark',
    files: ['src/encoding.ts', 'test/encoding.test.ts'],
    symptom: 'Exports from an old accounting program show a NUL between all letters.',
    cause: 'Only the UTF-8 mark was looked for; UTF-16 fell through to Latin-1.',
    fix: 'The first four bytes decide: UTF-8, UTF-16 in both orders, else UTF-8 that must be valid.',
    lesson: 'Look at bytes before characters, always.',
    question: 'How common is UTF-16 in delimited files today?',
    answer:
      'Rare, yet every export of a certain spreadsheet called "Unicode text" is one: tab separated UTF-16 little endian with a mark.',
    remark: 'Do we have a sample from a real program? A file that we made ourselves proves little.',
    figure: 'All 11 UTF-16 samples read; the detection takes 0.02 ms.',
    commits: [
      'Look at the first four bytes',
      'Read UTF-16 in both byte orders',
      'Add samples from three accounting programs',
    ],
  },
  {
    branch: 'feature/encoding-report',
    title: 'Say which bytes were not valid',
    files: ['src/encoding.ts', 'src/errors.ts', 'test/encoding.test.ts'],
    symptom:
      'Invalid bytes become replacement characters and nobody notices until names are printed on letters.',
    cause: 'The decoder ran in its lenient mode and threw the positions away.',
    fix: 'The decoder counts what it replaces and reports the first three byte offsets with their rows.',
    lesson: 'Lossy is acceptable, silent is not.',
    question: 'Can TextDecoder tell the offset of an invalid byte?',
    answer:
      'No. In fatal mode it only throws. Decode in slices of 4 KiB, fatal first, and search within the slice that failed.',
    remark: 'Three offsets are enough for me; the whole list would bury the report.',
    figure: 'Decoding costs 3 % more with the report, 0 % where every byte is valid.',
    commits: [
      'Count replaced bytes',
      'Report the first three offsets',
      'Put encoding trouble into errors.ts',
    ],
    decision: {
      question: 'What happens with bytes that are not valid in the encoding?',
      options: ['Fail at the first', 'Replace and report', 'Replace silently'],
      choice: 1,
      why: 'Whoever reads 80 megabytes of customer data wants the other 79.99. With the offsets they can find the rest.',
    },
  },
  {
    branch: 'spike/icu-detector',
    title: 'Statistical encoding detection',
    files: ['src/encoding.ts'],
    symptom:
      'Windows-1250 from Czech suppliers is read as Latin-1: the letters look right for half of the alphabet.',
    cause: 'Without a mark nothing tells these encodings apart but the frequency of letters.',
    fix: 'A detector by letter pairs was tried and put aside: 340 kB of tables for four encodings.',
    lesson: 'A library of 40 kB does not carry a detector of 340 kB.',
    question: 'Is there a small detector for Central European encodings?',
    answer:
      'Those with good results ship tables for 30 encodings. For three of them letter pairs of 200 words each would do, at some 12 kB.',
    remark: 'Nice result, wrong place. Could this be a package beside tern?',
    figure: 'Letter pairs were right for 37 of 40 Czech files, at 340 kB.',
    commits: ['Try letter pairs for Central European text', 'Measure the size of the tables'],
    end: 'dropped',
  },
  {
    branch: 'fix/latin1-euro',
    title: 'The euro sign in Latin-1 files',
    files: ['src/encoding.ts', 'test/encoding.test.ts', 'README.md'],
    symptom: 'Prices lose their euro sign when a file is declared as ISO-8859-1.',
    cause:
      'Byte 0x80 is a control character in ISO-8859-1 and the euro sign in Windows-1252; the files are the latter.',
    fix: 'The label "latin1" is read as Windows-1252, as browsers have done for twenty years.',
    lesson: 'A standard that everybody misuses in the same way has become another standard.',
    question: 'Why do browsers treat ISO-8859-1 as Windows-1252?',
    answer:
      'Because pages declared the one and contained the other. The Encoding Standard maps the label so, and a parser that differs only surprises.',
    remark: 'Please say it in the README, else somebody files the opposite bug.',
    figure: '27 of 27 price lists keep their euro signs.',
    commits: ['Read the label latin1 as Windows-1252', 'Explain Latin-1 in the README'],
  },
  {
    branch: 'feature/stream-backpressure',
    title: 'Backpressure in the row stream',
    files: ['src/stream.ts', 'test/stream.test.ts', 'bench/large.ts'],
    symptom: 'Memory grows to 1.8 GB while a slow consumer reads a file of 900 MB.',
    cause: 'The stream pushed rows as fast as the disk gave chunks and ignored that push() said no.',
    fix: 'Reading pauses when 256 rows wait and goes on when the consumer has taken half.',
    lesson: 'A stream that ignores the return value of push is an array with extra steps.',
    question: 'What is a sensible high water mark for object streams of rows?',
    answer:
      'Count rows, not bytes, as rows are what the consumer takes. 256 hid the cost of waking up here; beyond 1,024 only memory grew.',
    remark: 'The test with a consumer that sleeps is worth gold. Keep it even though it takes two seconds.',
    figure: 'Peak memory for the 900 MB file: 1.8 GB before, 61 MB now, at the same speed.',
    commits: [
      'Stop reading while 256 rows wait',
      'Test with a consumer that sleeps',
      'Print peak memory in the large bench',
      'Wake the reader at half',
    ],
  },
  {
    branch: 'perf/field-slices',
    title: 'Fields as slices of the chunk',
    files: ['src/stream.ts', 'src/reader.ts', 'bench/large.ts'],
    symptom: 'Two thirds of the time for wide files goes into concatenating single characters.',
    cause: 'A field grew by one character at a time.',
    fix: 'A field is cut from the chunk in one piece; only fields with doubled quotes are put together.',
    lesson: 'Profile before thinking: everybody, me included, blamed the table.',
    question: 'Do string slices in V8 keep the whole chunk alive?',
    answer:
      'Yes, a sliced string points at its parent. Copy what outlives the chunk, or 64 KiB stay for a field of ten letters.',
    remark: 'Mind the sliced strings: our importer keeps one column of each row for hours.',
    figure: '1.2 GB read in 9.4 s instead of 23.1 s.',
    commits: [
      'Cut fields from the chunk',
      'Put together only fields with doubled quotes',
      'Copy short fields so that chunks can go',
    ],
  },
  {
    branch: 'fix/chunk-border',
    title: 'Rows split at chunk borders',
    files: ['src/stream.ts', 'test/stream.test.ts'],
    symptom: 'About one row in 40,000 is split in two when a chunk ends between CR and LF.',
    cause: 'A CR at the very end of a chunk was taken as a line end of its own.',
    fix: 'The last CR of a chunk waits for the next one before anything is decided.',
    lesson: 'Test every parser with chunks of one byte.',
    question: 'How do I find bugs at chunk borders without huge fixtures?',
    answer:
      'Feed every sample in chunks of 1, 2, 3, 5 and 7 bytes and compare with the whole. It costs seconds and finds all of them.',
    remark: 'Chunks of one byte should be the default in our test helper.',
    figure: 'With chunks of one byte 31 samples failed before the fix, none after.',
    commits: ['Feed every sample in tiny chunks', 'Let a final CR wait for the next chunk'],
  },
  {
    branch: 'feature/typed-columns',
    title: 'Columns with types',
    files: ['src/types.ts', 'src/reader.ts', 'test/reader.test.ts'],
    symptom: 'Every user writes the same ten lines that turn strings into numbers and dates.',
    cause: 'The reader knows nothing of columns.',
    fix: 'A caller may name types per column; a value that does not fit is reported with row and column and stays text.',
    lesson: "Never guess a type: leading zeros in postal codes are somebody's address.",
    question: 'Should a CSV reader infer numbers?',
    answer:
      'Not by itself. Postal codes, phone numbers and article numbers lose their zeros. Let the caller say which columns are numbers.',
    remark: 'Half of this could live in harbor already; shall we move the date reading over?',
    figure: '6 of 9 planned types read; dates with month names are open.',
    commits: ['Name types per column', 'Report values that do not fit', 'Read decimal commas'],
    end: 'open',
  },
];
