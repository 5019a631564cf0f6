{
  # Compiled by the set-up in a folder within tfjs-node, against the libtensorflow in its deps.
  "target_defaults": {
    "cflags": ["-Wno-psabi"],
    "cflags!": ["-fno-exceptions"],
    "cflags_cc!": ["-fno-exceptions", "-std=gnu++17"],
    "cflags_cc": ["-O3", "-std=c++17", "-fno-math-errno"],
    "xcode_settings": {
      "GCC_OPTIMIZATION_LEVEL": "3",
      "GCC_ENABLE_CPP_EXCEPTIONS": "YES",
      "CLANG_CXX_LANGUAGE_STANDARD": "c++17"
    },
    # The kernels are written with vector types, which only GCC and Clang know.
    "msbuild_toolset": "ClangCL"
  },
  "targets": [
    {
      "target_name": "kernels_portable",
      "type": "static_library",
      "sources": ["encoder-kernels-portable.cc", "kernels-portable.cc"]
    },
    {
      "target_name": "kernels_avx2",
      "type": "static_library",
      "sources": ["encoder-kernels-avx2.cc", "kernels-avx2.cc"],
      "cflags_cc": ["-mavx2", "-mfma"],
      "xcode_settings": {"OTHER_CPLUSPLUSFLAGS": ["-mavx2", "-mfma"]},
      "msvs_settings": {"VCCLCompilerTool": {"AdditionalOptions": ["-mavx2", "-mfma"]}}
    },
    {
      "target_name": "kernels",
      "sources": ["addon.cc", "adam.cc", "encoder-attribute.cc", "encoder-operations.cc", "kernels.cc", "network-attribute.cc", "network-operations.cc", "operation.cc", "thread-pool.cc"],
      "include_dirs": ["../deps/include"],
      "dependencies": ["kernels_portable"],
      "conditions": [
        ["target_arch=='x64'", {"dependencies": ["kernels_avx2"]}],
        ["OS=='linux'", {
          "libraries": ["-Wl,-rpath,'$$ORIGIN/../../../deps/lib'", "-ltensorflow_framework"],
          "library_dirs": ["<(module_root_dir)/../deps/lib"]
        }],
        ["OS=='mac'", {
          "libraries": ["<(module_root_dir)/../deps/lib/libtensorflow_framework.2.dylib"],
          "postbuilds": [{
            "postbuild_name": "Adjust the path of libtensorflow_framework",
            "action": [
              "install_name_tool", "-change", "@rpath/libtensorflow_framework.2.dylib",
              "@loader_path/../../../deps/lib/libtensorflow_framework.2.dylib",
              "<(PRODUCT_DIR)/kernels.node"
            ]
          }]
        }],
        ["OS=='win'", {
          "libraries": ["tensorflow"],
          "library_dirs": ["<(module_root_dir)/../deps/lib"]
        }]
      ]
    }
  ]
}
