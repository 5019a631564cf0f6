/*
 * Loaded into every process of a server with LD_PRELOAD: makes the disk fail and the clock jump as a
 * file says that is mapped into memory, so that a test can change it while the server runs. Only files
 * below FAULT_DIRECTORY are hit, and of those whose path contains `part` where that is not empty.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* As `FaultControl` writes it. */
struct control {
  int64_t clock_offset_ms;
  /* Bytes that may still be written; negative: as many as anybody likes. */
  int64_t bytes_left;
  /* What the call fails with; 0: it does not. */
  int32_t read_error;
  int32_t write_error;
  int32_t sync_error;
  int32_t open_error;
  /* How many calls have been made to fail. */
  int32_t hits;
  int32_t unused;
  char part[128];
};

static struct control *control;
static char directory[PATH_MAX];
static size_t directory_length;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("FAULT_CONTROL");
  const char *folder = getenv("FAULT_DIRECTORY");
  if (!path || !folder) return;
  int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (mapped == MAP_FAILED) return;
  strncpy(directory, folder, sizeof directory - 1);
  directory_length = strlen(directory);
  control = mapped;
}

static int is_ours(const char *path) {
  if (strncmp(path, directory, directory_length) != 0) return 0;
  return control->part[0] == 0 || strstr(path + directory_length, control->part) != NULL;
}

static int is_hit(int file) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return is_ours(path);
}

static int failed(int32_t error) {
  __atomic_fetch_add(&control->hits, 1, __ATOMIC_RELAXED);
  errno = error;
  return -1;
}

/* 0 where the call may be made; else -1, with errno set. */
static int before_read(int file) {
  if (!control || control->read_error == 0) return 0;
  int kept = errno;
  int hit = is_hit(file);
  errno = kept;
  return hit ? failed(control->read_error) : 0;
}

static int before_write(int file, int64_t bytes) {
  if (!control || (control->write_error == 0 && control->bytes_left < 0)) return 0;
  int kept = errno;
  int hit = is_hit(file);
  errno = kept;
  if (!hit) return 0;
  if (control->write_error != 0) return failed(control->write_error);
  if (__atomic_sub_fetch(&control->bytes_left, bytes, __ATOMIC_RELAXED) >= 0) return 0;
  /* It stays full, and never becomes "as many as anybody likes" by counting. */
  __atomic_store_n(&control->bytes_left, 0, __ATOMIC_RELAXED);
  return failed(ENOSPC);
}

static int before_sync(int file) {
  if (!control || control->sync_error == 0) return 0;
  int kept = errno;
  int hit = is_hit(file);
  errno = kept;
  return hit ? failed(control->sync_error) : 0;
}

static int before_open(const char *path, int flags) {
  if (!control || control->open_error == 0) return 0;
  /* What may not be written may still be read. */
  if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) == 0 || !path || !is_ours(path)) return 0;
  return failed(control->open_error);
}

#define REAL(name, type, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t read(int file, void *into, size_t bytes) {
  REAL("read", ssize_t, int, void *, size_t);
  return before_read(file) ? -1 : real(file, into, bytes);
}

ssize_t pread(int file, void *into, size_t bytes, off_t at) {
  REAL("pread", ssize_t, int, void *, size_t, off_t);
  return before_read(file) ? -1 : real(file, into, bytes, at);
}

ssize_t pread64(int file, void *into, size_t bytes, off64_t at) {
  REAL("pread64", ssize_t, int, void *, size_t, off64_t);
  return before_read(file) ? -1 : real(file, into, bytes, at);
}

ssize_t readv(int file, const struct iovec *parts, int count) {
  REAL("readv", ssize_t, int, const struct iovec *, int);
  return before_read(file) ? -1 : real(file, parts, count);
}

ssize_t preadv(int file, const struct iovec *parts, int count, off_t at) {
  REAL("preadv", ssize_t, int, const struct iovec *, int, off_t);
  return before_read(file) ? -1 : real(file, parts, count, at);
}

ssize_t preadv64(int file, const struct iovec *parts, int count, off64_t at) {
  REAL("preadv64", ssize_t, int, const struct iovec *, int, off64_t);
  return before_read(file) ? -1 : real(file, parts, count, at);
}

static int64_t bytes_in(const struct iovec *parts, int count) {
  int64_t bytes = 0;
  for (int at = 0; at < count; at += 1) bytes += (int64_t)parts[at].iov_len;
  return bytes;
}

ssize_t write(int file, const void *from, size_t bytes) {
  REAL("write", ssize_t, int, const void *, size_t);
  return before_write(file, (int64_t)bytes) ? -1 : real(file, from, bytes);
}

ssize_t pwrite(int file, const void *from, size_t bytes, off_t at) {
  REAL("pwrite", ssize_t, int, const void *, size_t, off_t);
  return before_write(file, (int64_t)bytes) ? -1 : real(file, from, bytes, at);
}

ssize_t pwrite64(int file, const void *from, size_t bytes, off64_t at) {
  REAL("pwrite64", ssize_t, int, const void *, size_t, off64_t);
  return before_write(file, (int64_t)bytes) ? -1 : real(file, from, bytes, at);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL("writev", ssize_t, int, const struct iovec *, int);
  return before_write(file, bytes_in(parts, count)) ? -1 : real(file, parts, count);
}

ssize_t pwritev(int file, const struct iovec *parts, int count, off_t at) {
  REAL("pwritev", ssize_t, int, const struct iovec *, int, off_t);
  return before_write(file, bytes_in(parts, count)) ? -1 : real(file, parts, count, at);
}

ssize_t pwritev64(int file, const struct iovec *parts, int count, off64_t at) {
  REAL("pwritev64", ssize_t, int, const struct iovec *, int, off64_t);
  return before_write(file, bytes_in(parts, count)) ? -1 : real(file, parts, count, at);
}

int fsync(int file) {
  REAL("fsync", int, int);
  return before_sync(file) ? -1 : real(file);
}

int fdatasync(int file) {
  REAL("fdatasync", int, int);
  return before_sync(file) ? -1 : real(file);
}

#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, flags); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  }

int open(const char *path, int flags, ...) {
  REAL("open", int, const char *, int, ...);
  MODE(flags)
  return before_open(path, flags) ? -1 : real(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  REAL("open64", int, const char *, int, ...);
  MODE(flags)
  return before_open(path, flags) ? -1 : real(path, flags, mode);
}

int mkdir(const char *path, mode_t mode) {
  REAL("mkdir", int, const char *, mode_t);
  struct stat found;
  if (control && control->open_error != 0 && stat(path, &found) != 0) {
    if (before_open(path, O_CREAT)) return -1;
  }
  return real(path, mode);
}

static int64_t offset_seconds(void) { return control ? control->clock_offset_ms / 1000 : 0; }

int clock_gettime(clockid_t clock, struct timespec *now) {
  REAL("clock_gettime", int, clockid_t, struct timespec *);
  int result = real(clock, now);
  if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += offset_seconds();
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  REAL("gettimeofday", int, struct timeval *restrict, void *restrict);
  int result = real(now, zone);
  if (result == 0) now->tv_sec += offset_seconds();
  return result;
}
