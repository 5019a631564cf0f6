export const HELP = `lookalike COMMAND

Commands:
  import PATH --dataset NAME   adds a folder or a zip file of pictures to a dataset
  backup FILE                  writes everything into one file, also while the server runs
  restore FILE                 makes an empty data directory what a backup holds
  verify                       looks for damage in the data directory, and repairs it if asked to

\`lookalike COMMAND --help\` tells more. An import needs the running server: \`npm start\`.`;

export const IMPORT_HELP = `lookalike import PATH --dataset NAME [options]

Adds the pictures of a folder, or of a .zip file, to a dataset of the running server. JPEG, PNG,
WebP, AVIF, GIF and TIFF are taken, up to 100 MB and 100 megapixels each.

  --dataset NAME   the dataset; it is created if there is none of this name
  --title TITLE    what people read, if the dataset is created
  --labels FILE    what is known of the pictures: CSV with a header, or JSON lines (.jsonl). The
                   column "name" (or "file") is the path within PATH; "label" and "split" (train or
                   test) may be there; every other column is kept as metadata
  --split SPLIT    train or test, for all pictures that --labels says nothing else of
  --server URL     where the server answers (http://localhost:4000, or the port that PORT names)
  --report FILE    writes every file that was not taken, and why, as CSV
  --help           this text

The environment variable LOOKALIKE_KEY holds the key that lets you in, of the role CONTRIBUTE or ADMIN;
the page Keys of the console makes one.

Labels: the first folder under PATH is the label of what is in it: cats/1.jpg is a "cats". Where the
folders under PATH are just train and test, those are the split, and the next folder is the label.
Without either, one picture in ten is held out as TEST. A folder that wraps all of a zip file does
not count.

It can be stopped and repeated: what is there already is not added twice. It ends with 0 when every
file was taken, 1 when one was refused or something went wrong, 2 when it was asked wrongly.`;

export const BACKUP_HELP = `lookalike backup FILE [options]

Writes everything that a data directory holds into one file: datasets, originals, labels, models, runs
with their checkpoints, indexes, and keys (as hashes of their secrets, as they are stored). Sessions of
browsers are left out: whoever was logged in logs in again after a restoration.

The server may run meanwhile, and nobody has to wait for the backup. What was acknowledged before it
began is in it; what comes or goes while it is written may be, and is whole. The file is a zip with
checksums, and is there when it is whole and on disk.

  --data DIR   the data directory (LOOKALIKE_DATA_DIR, else ./data)
  --force      replaces a file of this name
  --help       this text

It ends with 0 when all was backed up, 1 when stored files were missing or damaged (the backup holds
all others; \`lookalike verify\` tells which) or something went wrong, 2 when it was asked wrongly.`;

export const RESTORE_HELP = `lookalike restore FILE [options]

Makes an empty data directory what a backup holds, and compares every checksum on the way. The server
must not run on it. Cut off, it leaves nothing that a server would take; give it again. A backup of an
older version is brought up to date at the next start; one of a newer version is refused.

  --data DIR   the data directory, empty or not there yet (LOOKALIKE_DATA_DIR, else ./data)
  --help       this text

It ends with 0 when all is restored, 1 when not, 2 when it was asked wrongly.`;

export const VERIFY_HELP = `lookalike verify [options]

Looks at everything in a data directory: every checksum, every row and what it refers to, every embedding,
and every index with whether each of its vectors is found. Damage is told line by line.

While the server runs it only looks, and passes by what that server is about to write or to clear up:
what belongs to nothing, what is not embedded yet, and counts. Stop the server for all of it.

  --data DIR   the data directory (LOOKALIKE_DATA_DIR, else ./data)
  --repair     repairs what is made of something else: indexes, thumbnails, embeddings, counts, an active
               model that is gone; removes what belongs to nothing. Originals, weights and checkpoints
               come from a backup only. The server must not run
  --json       writes the report as JSON
  --help       this text

It ends with 0 when nothing is wrong (any more), 1 when something is, 2 when it could not look.`;
